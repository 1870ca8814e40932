package svasim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import svasim.binding.Mistakes;
import svasim.binding.Names;
import svasim.binding.Node;

/** Checks what guests name: the machine's devices, and what their own programs name. */
final class GuestCheck {
    private static final String GUESTS = "guests";

    /** The IOMMU whose tables of PASIDs belong to the host, also for a device that guests share. */
    private static final String HOST_OWNS_TABLES = "vtd";

    /** IOMMUs with two stages that can be nested. */
    private static final List<String> NESTING = List.of("vtd", "smmuv3", "amdvi");

    private final Node root;
    private final Mistakes mistakes;
    private final Set<String> devices;

    /** Who has a device of the machine for itself, by the device's name. */
    private final Map<String, String> owners = new TreeMap<>();

    private GuestCheck(Node root, Mistakes mistakes) {
        this.root = root;
        this.mistakes = mistakes;
        this.devices = CrossCheck.keys(CrossCheck.at(root, "machine", "devices"));
    }

    /** Adds a mistake for each name that nothing has, or that two have. */
    static void check(Node root, Mistakes mistakes) {
        GuestCheck check = new GuestCheck(root, mistakes);
        if (CrossCheck.at(root, GUESTS) instanceof Node.Mapping guests) {
            guests.entries().forEach(check::checkGuest);
        }
        programs(root, mistakes).forEach(ProgramCheck::check);
    }

    /** The programs of each guest, to ask for their names. */
    static List<ProgramCheck> programs(Node root) {
        return programs(root, new Mistakes());
    }

    private static List<ProgramCheck> programs(Node root, Mistakes mistakes) {
        List<ProgramCheck> all = new ArrayList<>();
        for (String guest : CrossCheck.keys(CrossCheck.at(root, GUESTS))) {
            all.add(ProgramCheck.ofGuest(root, guest, mistakes));
        }
        return all;
    }

    private void checkGuest(String guest, Node.Entry entry) {
        String path = "/guests/" + guest;
        if (guest.isEmpty() || guest.indexOf('.') >= 0) {
            mistakes.add(entry.key(), path, "\"" + guest + "\" as a name", "one without dots");
        }
        if (CrossCheck.at(root, "processes", guest) != null) {
            mistakes.add(
                    entry.key(),
                    path,
                    "a process is called \"" + guest + "\", too",
                    "another name: the guest is a process of the machine");
        }
        checkUnit(entry.value(), path);
        if (CrossCheck.at(entry.value(), "devices") instanceof Node.Mapping its) {
            its.entries()
                    .forEach(
                            (name, device) ->
                                    checkDevice(guest, name, device, path + "/devices/" + name));
        }
    }

    /** What the machine's IOMMU has to be for what a guest wants of it. */
    private void checkUnit(Node guest, String path) {
        String unit = unit();
        Node devices = CrossCheck.at(guest, "devices");
        if (!CrossCheck.keys(devices).isEmpty() && !NESTING.contains(unit)) {
            mistakes.add(
                    devices.place(),
                    path + "/devices",
                    "the IOMMU is " + unit + ", which has no second stage for a guest",
                    "a machine with one of " + NESTING);
        }
        if (CrossCheck.at(guest, "viommu", "mode") instanceof Node.Scalar mode) {
            boolean caching = mode.text().equals("caching") && !unit.equals(HOST_OWNS_TABLES);
            boolean nested = mode.text().equals("nested") && !NESTING.contains(unit);
            if (caching || nested) {
                mistakes.add(
                        mode.place(),
                        path + "/viommu/mode",
                        "the IOMMU is " + unit + ", which has no mode \"" + mode.text() + "\"",
                        caching ? "a machine with vtd" : "a machine with one of " + NESTING);
            }
        }
    }

    private String unit() {
        Node wanted = CrossCheck.at(root, "machine", "iommu", "unit");
        return wanted == null ? HOST_OWNS_TABLES : CrossCheck.text(wanted);
    }

    private void checkDevice(String guest, String name, Node.Entry entry, String path) {
        for (String key : List.of("assign", "compose")) {
            if (CrossCheck.at(entry.value(), key) instanceof Node.Scalar device
                    && !devices.contains(device.text())) {
                mistakes.add(
                        device.place(),
                        path + "/" + key,
                        "unknown device \"" + device.text() + "\"",
                        Names.remedy(device.text(), devices));
            }
        }
        if (CrossCheck.at(entry.value(), "compose") instanceof Node.Scalar shared
                && !unit().equals(HOST_OWNS_TABLES)) {
            mistakes.add(
                    shared.place(),
                    path + "/compose",
                    "the IOMMU is " + unit() + ", which reads one table of PASIDs for a device",
                    "a machine with vtd, or \"assign\"");
        }
        String physical = ScenarioExtensions.physical(entry.value());
        checkQueue(guest, physical, entry.value(), path);
        if (CrossCheck.at(entry.value(), "assign") instanceof Node.Scalar device) {
            String other = owners.putIfAbsent(device.text(), guest);
            if (other != null) {
                mistakes.add(
                        device.place(),
                        path + "/assign",
                        "\"" + device.text() + "\" belongs to " + other,
                        "a device of its own, for example a virtual function");
            }
        }
        String model = model(physical);
        if (devices.contains(physical) && devices.contains(name) && !model(name).equals(model)) {
            mistakes.add(
                    entry.key(),
                    path,
                    "\"" + name + "\" is the name of a device of another model",
                    "a name that the machine does not have, or only for the same model");
        }
    }

    /** A part that can be shared: its work brings PASIDs along, which the guest's IOMMU gives. */
    private void checkQueue(String guest, String physical, Node device, String path) {
        if (!(CrossCheck.at(device, "queue") instanceof Node.Scalar queue)) {
            return;
        }
        Node queues = CrossCheck.at(root, "machine", "devices", physical, "config", "queues");
        Set<String> known = CrossCheck.keys(queues);
        if (!known.contains(queue.text())) {
            mistakes.add(
                    queue.place(),
                    path + "/queue",
                    "unknown queue \"" + queue.text() + "\"",
                    Names.remedy(queue.text(), known));
        } else if (!CrossCheck.text(CrossCheck.at(queues, queue.text(), "mode")).equals("shared")) {
            mistakes.add(
                    queue.place(),
                    path + "/queue",
                    "\"" + queue.text() + "\" is a queue of one process",
                    "one with mode: shared");
        }
        Node mode = CrossCheck.at(root, GUESTS, guest, "viommu", "mode");
        if (CrossCheck.text(mode).equals("none")) {
            mistakes.add(
                    queue.place(),
                    path,
                    "the guest sees no IOMMU, so that it has no PASIDs for a shared queue",
                    "viommu: {mode: nested}");
        }
    }

    private String model(String device) {
        return CrossCheck.text(CrossCheck.at(root, "machine", "devices", device, "model"));
    }
}
