package svasim.scenario;

import java.util.Set;
import java.util.TreeSet;
import svasim.binding.Mistakes;
import svasim.binding.Names;
import svasim.binding.Node;
import svasim.machine.fault.FaultConfig;
import svasim.machine.fault.FaultKind;
import svasim.units.Picoseconds;

/** Checks what faults name: places, and the times or moments at which they come. */
final class FaultCheck {
    private final Node root;
    private final Mistakes mistakes;

    private FaultCheck(Node root, Mistakes mistakes) {
        this.root = root;
        this.mistakes = mistakes;
    }

    /** Adds a mistake for each name that nothing has, and for each place that cannot fail so. */
    static void check(Node root, Mistakes mistakes) {
        FaultCheck check = new FaultCheck(root, mistakes);
        if (CrossCheck.at(root, "faults") instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                if (list.items().get(i) instanceof Node.Mapping fault) {
                    check.checkFault(fault, "/faults/" + i);
                }
            }
        }
    }

    private void checkFault(Node.Mapping fault, String path) {
        if (fault.get("where") instanceof Node.Scalar where) {
            checkPlace(where, kind(fault), path + "/where");
        }
        if (fault.get("when") instanceof Node.Scalar when) {
            checkMoment(when, path + "/when");
        }
    }

    private static FaultKind kind(Node.Mapping fault) {
        if (fault.get("what") instanceof Node.Scalar what) {
            for (FaultKind kind : FaultKind.values()) {
                if (Names.kebab(kind.name()).equals(what.text())) {
                    return kind;
                }
            }
        }
        return null;
    }

    private void checkPlace(Node.Scalar where, FaultKind kind, String path) {
        if (kind != null && kind.needsProcess()) {
            checkProcess(where, path);
            return;
        }
        Set<String> devices = keys("machine", "devices");
        Set<String> ports = ports();
        Set<String> all = new TreeSet<>(devices);
        all.addAll(ports);
        if (!all.contains(where.text())) {
            String what = "unknown device or port \"" + where.text() + "\"";
            mistakes.add(where.place(), path, what, Names.remedy(where.text(), all));
        } else if (kind != null && kind.needsDevice() && !devices.contains(where.text())) {
            String what = "\"" + where.text() + "\" is a port";
            mistakes.add(where.place(), path, what, "one of the devices " + devices);
        } else if (kind != null && kind.needsLink() && isIntegrated(where.text())) {
            String what = "\"" + where.text() + "\" is a part of the root complex and has no link";
            mistakes.add(where.place(), path, what, "a device with a \"port\", or a port");
        }
    }

    private void checkProcess(Node.Scalar where, String path) {
        Set<String> processes = new TreeSet<>(keys("processes"));
        processes.addAll(keys("guests"));
        GuestCheck.programs(root).forEach(guest -> processes.addAll(guest.processes()));
        if (!processes.contains(where.text())) {
            String what = "unknown process \"" + where.text() + "\"";
            mistakes.add(where.place(), path, what, Names.remedy(where.text(), processes));
        }
    }

    private void checkMoment(Node.Scalar when, String path) {
        if (!when.text().isEmpty() && Character.isDigit(when.text().charAt(0))) {
            checkTime(when, path);
            return;
        }
        String expected = "a time, a \"procedure/step\" or an observation";
        String text = when.text();
        boolean any = text.startsWith(FaultConfig.ANY);
        String moment = any ? text.substring(FaultConfig.ANY.length()) : text;
        Node.Scalar named = new Node.Scalar(when.place(), moment, when.form());
        MomentCheck.check(root, named, path, expected, mistakes);
    }

    private void checkTime(Node.Scalar when, String path) {
        try {
            Picoseconds.parse(when.text());
        } catch (IllegalArgumentException notATime) {
            mistakes.add(when.place(), path, "found " + when.describe(), Picoseconds.EXPECTED);
        }
    }

    private boolean isIntegrated(String place) {
        Node device = CrossCheck.at(root, "machine", "devices", place);
        return device instanceof Node.Mapping map && map.get("port") == null;
    }

    /** Root ports, and ports of switches as {@code switch.port}. */
    private Set<String> ports() {
        Set<String> ports = new TreeSet<>(keys("machine", "ports"));
        for (String name : keys("machine", "switches")) {
            for (String port : keys("machine", "switches", name, "ports")) {
                ports.add(name + "." + port);
            }
        }
        return ports;
    }

    private Set<String> keys(String... path) {
        Node node = CrossCheck.at(root, path);
        return node instanceof Node.Mapping map ? map.entries().keySet() : Set.of();
    }
}
