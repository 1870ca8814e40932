package svasim.scenario;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import svasim.binding.Mistakes;
import svasim.binding.Names;
import svasim.binding.Node;
import svasim.device.DeviceModelProvider;

/**
 * Checks the names in the programs of one operating system: that of the machine, or that of a
 * guest.
 */
final class ProgramCheck {
    private final Node root;

    /** What has the key {@code processes}. */
    private final Node scope;

    private final String path;

    /** In front of the names of processes, for who names them from outside. */
    private final String prefix;

    private final Mistakes mistakes;
    private final Ancestry ancestry;
    private final Set<String> devices;
    private final Set<String> processes;

    /** Processes that signals can be sent to: also the monitors of guests. */
    private final Set<String> reachable;

    /** Memory of the kernel, by the names that programs give it. */
    private final Set<String> kernelAreas = new TreeSet<>();

    private ProgramCheck(Node root, Node scope, String guest, Mistakes mistakes) {
        this.root = root;
        this.scope = scope;
        this.path = guest == null ? "" : "/guests/" + guest;
        this.prefix = guest == null ? "" : guest + ".";
        this.mistakes = mistakes;
        this.ancestry = new Ancestry(scope);
        this.devices =
                CrossCheck.keys(
                        guest == null
                                ? CrossCheck.at(root, "machine", "devices")
                                : CrossCheck.at(scope, "devices"));
        this.processes = CrossCheck.keys(CrossCheck.at(scope, "processes"));
        this.reachable = new TreeSet<>(processes);
        if (guest == null) {
            reachable.addAll(CrossCheck.keys(CrossCheck.at(root, "guests")));
        }
    }

    static ProgramCheck ofHost(Node root, Mistakes mistakes) {
        return new ProgramCheck(root, root, null, mistakes);
    }

    static ProgramCheck ofGuest(Node root, String guest, Mistakes mistakes) {
        return new ProgramCheck(root, CrossCheck.at(root, "guests", guest), guest, mistakes);
    }

    /** Names of the processes, as they are called from outside. */
    Set<String> processes() {
        Set<String> names = new TreeSet<>();
        processes.forEach(process -> names.add(prefix + process));
        return names;
    }

    /** Names of all buffers, with those of their processes. */
    Set<String> buffers() {
        Set<String> all = new TreeSet<>();
        for (String process : processes) {
            buffersOf(process).forEach(buffer -> all.add(prefix + process + "." + buffer));
        }
        return all;
    }

    /** Adds a mistake for each name that nothing has. */
    void check() {
        processes.forEach(this::collectKernelAreas);
        processes.forEach(this::checkProcess);
    }

    /** The machine's device behind a device that programs name. */
    private String machineDevice(String device) {
        return scope == root
                ? device
                : ScenarioExtensions.physical(CrossCheck.at(scope, "devices", device));
    }

    /** Those of its own, and those that it finds in its memory when it is made. */
    private Set<String> buffersOf(String process) {
        Set<String> buffers = new LinkedHashSet<>();
        ancestry.of(process)
                .forEach(
                        one ->
                                buffers.addAll(
                                        CrossCheck.keys(
                                                CrossCheck.at(
                                                        scope, "processes", one, "buffers"))));
        return buffers;
    }

    private void checkProcess(String process) {
        Set<String> buffers = buffersOf(process);
        if (!(CrossCheck.at(scope, "processes", process, "threads")
                instanceof Node.Mapping threads)) {
            return;
        }
        Set<String> jobs = new TreeSet<>();
        for (Map.Entry<String, Node.Entry> thread : threads.entries().entrySet()) {
            steps(thread).forEach(step -> jobs.add(CrossCheck.text(argument(step, "as"))));
        }
        jobs.remove("");
        for (Map.Entry<String, Node.Entry> thread : threads.entries().entrySet()) {
            String inThread = path + "/processes/" + process + "/threads/" + thread.getKey() + "/";
            List<Node> steps = steps(thread);
            for (int i = 0; i < steps.size(); i++) {
                checkStep(steps.get(i), inThread + i, buffers, jobs);
            }
        }
    }

    private void collectKernelAreas(String process) {
        if (CrossCheck.at(scope, "processes", process, "threads") instanceof Node.Mapping threads) {
            for (Map.Entry<String, Node.Entry> thread : threads.entries().entrySet()) {
                steps(thread).stream()
                        .filter(
                                step ->
                                        step instanceof Node.Mapping map
                                                && map.get("vmalloc") != null)
                        .forEach(step -> kernelAreas.add(CrossCheck.text(argument(step, "area"))));
            }
        }
    }

    private static List<Node> steps(Map.Entry<String, Node.Entry> thread) {
        return thread.getValue().value() instanceof Node.Sequence list ? list.items() : List.of();
    }

    private void checkStep(Node step, String inStep, Set<String> buffers, Set<String> jobs) {
        if (!(step instanceof Node.Mapping map) || map.entries().size() != 1) {
            return;
        }
        String word = map.entries().keySet().iterator().next();
        String inner = inStep + "/" + word;
        switch (word) {
            case "open", "close", "receive", "unload", "remove", "reset" ->
                    checkName(argument(step, "device"), inner, "device", devices);
            case "submit" -> {
                checkName(argument(step, "to"), inner + "/to", "device", devices);
                Set<String> addressable = new LinkedHashSet<>(buffers);
                addressable.addAll(kernelAreas);
                checkBuffers(map.get(word), bufferKeys(argument(step, "to")), inner, addressable);
            }
            case "touch", "mprotect", "fill", "madvise", "pin", "unpin", "migrate", "numa-scan" ->
                    checkName(argument(step, "buffer"), inner, "buffer", buffers);
            case "vfree" ->
                    checkName(argument(step, "area"), inner, "memory of the kernel", kernelAreas);
            case "mmap", "munmap", "mremap" -> {
                Set<String> targets = new LinkedHashSet<>(buffers);
                targets.addAll(devices);
                String key = "mremap".equals(word) ? "buffer" : "target";
                checkName(argument(step, key), inner, "buffer or device", targets);
            }
            case "send" -> {
                checkName(argument(step, "device"), inner + "/device", "device", devices);
                checkName(argument(step, "to"), inner + "/to", "process", processes);
            }
            case "kill", "signal" ->
                    checkName(argument(step, "process"), inner, "process", reachable);
            case "fork", "clone", "exec", "hold", "let-go" ->
                    checkName(argument(step, "process"), inner, "process", processes);
            case "wait" -> {
                checkName(argument(step, "job"), inner, "job", jobs);
                checkName(
                        map.get(word) instanceof Node.Mapping ? argument(step, "process") : null,
                        inner,
                        "process",
                        reachable);
            }
            default -> {
                // Names nothing.
            }
        }
    }

    /** Also of the members that work is made of. */
    private void checkBuffers(
            Node work, Collection<String> keys, String inWork, Collection<String> known) {
        if (!(work instanceof Node.Mapping map)) {
            return;
        }
        map.entries()
                .forEach(
                        (key, entry) -> {
                            String inner = inWork + "/" + key;
                            if (keys.contains(key)) {
                                checkName(entry.value(), inner, "buffer", known);
                            }
                            checkBuffers(entry.value(), keys, inner, known);
                        });
    }

    /** Keys of a device's work that name buffers; none if there is no such device or model. */
    private Collection<String> bufferKeys(Node device) {
        String model =
                CrossCheck.text(
                        CrossCheck.at(
                                root,
                                "machine",
                                "devices",
                                machineDevice(CrossCheck.text(device)),
                                "model"));
        DeviceModelProvider<?, ?> provider = ScenarioExtensions.of(root).models().get(model);
        return provider == null ? List.of() : provider.bufferKeys();
    }

    /** The value of a key of a step; a step's single value stands for its first key. */
    private static Node argument(Node step, String key) {
        if (!(step instanceof Node.Mapping map) || map.entries().size() != 1) {
            return null;
        }
        Node value = map.entries().values().iterator().next().value();
        boolean single = value instanceof Node.Scalar && !key.equals("as");
        return single ? value : value instanceof Node.Mapping inner ? inner.get(key) : null;
    }

    private void checkName(Node name, String at, String what, Collection<String> known) {
        if (name instanceof Node.Scalar scalar && !known.contains(scalar.text())) {
            mistakes.add(
                    name.place(),
                    at,
                    "unknown " + what + " \"" + scalar.text() + "\"",
                    Names.remedy(scalar.text(), known));
        }
    }
}
