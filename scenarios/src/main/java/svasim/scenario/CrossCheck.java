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
import svasim.binding.Place;
import svasim.check.Catalogue;
import svasim.device.DeviceModelProvider;
import svasim.os.defect.Defect;
import svasim.os.task.StepOrder;

/**
 * Checks the names that one part of a scenario uses for another: devices, buffers, jobs, processes,
 * invariants, defects. Looks at the tree, so that it can speak of parts that could not be bound.
 */
final class CrossCheck {
    private final Node root;
    private final Mistakes mistakes;
    private final Set<String> devices;
    private final Set<String> processes;

    /** Memory of the kernel, by the names that programs give it. */
    private final Set<String> kernelAreas = new TreeSet<>();

    private CrossCheck(Node root, Mistakes mistakes) {
        this.root = root;
        this.mistakes = mistakes;
        this.devices = keys(at(root, "machine", "devices"));
        this.processes = keys(at(root, "processes"));
    }

    /** Adds a mistake for each name that nothing has. */
    static void check(Node root, Mistakes mistakes) {
        CrossCheck check = new CrossCheck(root, mistakes);
        check.processes.forEach(check::collectKernelAreas);
        for (String process : check.processes) {
            check.checkProcess(process);
        }
        check.checkModels();
        check.checkDefaultDomains();
        check.checkExpectations();
        List<String> defects = List.of(Defect.values()).stream().map(Defect::id).toList();
        check.checkItems(at(root, "defects"), "/defects", "defect", defects);
        check.checkOrder();
        FaultCheck.check(root, mistakes);
        LessonCheck.check(root, mistakes);
        check.checkExpectedSteps("steps");
        check.checkExpectedSteps("never");
    }

    private void checkExpectedSteps(String part) {
        if (at(root, "expect", part) instanceof Node.Sequence list && !list.items().isEmpty()) {
            StepNames names = StepNames.of(ScenarioExtensions.of(root).models().values());
            for (int i = 0; i < list.items().size(); i++) {
                if (list.items().get(i) instanceof Node.Scalar step) {
                    String path = "/expect/" + part + "/" + i;
                    checkStepName(step.place(), step.text(), path, names.steps());
                }
            }
        }
    }

    /** Names of tasks are not known before the machine runs. */
    private void checkOrder() {
        if (at(root, "order") instanceof Node.Sequence list && !list.items().isEmpty()) {
            StepNames names = StepNames.of(ScenarioExtensions.of(root).models().values());
            for (int i = 0; i < list.items().size(); i++) {
                checkPair(list.items().get(i), "/order/" + i, names);
            }
        }
    }

    private void checkPair(Node item, String path, StepNames names) {
        if (!(item instanceof Node.Scalar scalar)) {
            return;
        }
        if (!StepNames.isPair(scalar.text())) {
            mistakes.add(
                    item.place(),
                    path,
                    "not an order: \"" + scalar.text() + "\"",
                    "two steps, the first one first: \"exit_mmap/begin < mmput/mmdrop\"");
            return;
        }
        StepOrder.Pair pair = StepNames.pair(scalar.text());
        String first = pair.first().what();
        if (first.indexOf('/') >= 0) {
            checkStepName(item.place(), first, path, names.steps());
        } else {
            checkKnown(item.place(), first, path, "observation", names.observations());
        }
        checkStepName(item.place(), pair.then().step(), path, names.steps());
    }

    /** There are too many steps to list them all. */
    private void checkStepName(Place place, String name, String path, Set<String> steps) {
        if (!steps.contains(name)) {
            String nearest = Names.nearest(name, steps);
            mistakes.add(
                    place,
                    path,
                    "unknown step \"" + name + "\"",
                    nearest == null
                            ? "a \"procedure/step\" as traces and stories print it"
                            : "Did you mean \"" + nearest + "\"?");
        }
    }

    private void checkModels() {
        Set<String> models = ScenarioExtensions.of(root).models().keySet();
        for (String device : devices) {
            String path = "/machine/devices/" + device + "/model";
            Node model = at(root, "machine", "devices", device, "model");
            if (model == null) {
                Node place = at(root, "machine", "devices", device);
                mistakes.add(place.place(), path, "\"model\" is missing", "one of " + models);
            } else {
                checkName(model, path, "device model", models);
            }
        }
    }

    private void checkDefaultDomains() {
        Node untrusted = at(root, "os", "iommu", "untrusted");
        checkItems(untrusted, "/os/iommu/untrusted", "device", devices);
        if (at(root, "os", "iommu", "devices") instanceof Node.Mapping map) {
            String path = "/os/iommu/devices/";
            map.entries()
                    .forEach(
                            (device, entry) ->
                                    checkKnown(
                                            entry.key(), device, path + device, "device", devices));
        }
    }

    private void checkExpectations() {
        List<String> invariants =
                Catalogue.entries().stream()
                        .filter(Catalogue.Entry::isChecked)
                        .map(Catalogue.Entry::id)
                        .toList();
        checkItems(at(root, "expect", "violations"), "/expect/violations", "invariant", invariants);
        checkBuffers(at(root, "expect", "memory"));
        for (String part : new String[] {"pasid", "refused"}) {
            if (at(root, "expect", part) instanceof Node.Mapping map) {
                map.entries()
                        .forEach(
                                (process, entry) ->
                                        checkKnown(
                                                entry.key(),
                                                process,
                                                "/expect/" + part + "/" + process,
                                                "process",
                                                processes));
            }
        }
    }

    private void checkBuffers(Node expected) {
        Set<String> all = new TreeSet<>();
        for (String process : processes) {
            buffersOf(process).forEach(buffer -> all.add(process + "." + buffer));
        }
        if (expected instanceof Node.Mapping map) {
            map.entries()
                    .forEach(
                            (buffer, entry) -> {
                                String path = "/expect/memory/" + buffer;
                                checkKnown(entry.key(), buffer, path, "buffer", all);
                                checkName(entry.value(), path, "buffer", all);
                            });
        }
    }

    /** Those of its own, and those that it finds in its memory when it is made. */
    private Set<String> buffersOf(String process) {
        Set<String> buffers = new LinkedHashSet<>();
        Ancestry.of(root, process)
                .forEach(one -> buffers.addAll(keys(at(root, "processes", one, "buffers"))));
        return buffers;
    }

    private void checkItems(Node list, String path, String what, Collection<String> known) {
        if (list instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                checkName(sequence.items().get(i), path + "/" + i, what, known);
            }
        }
    }

    private void checkProcess(String process) {
        Set<String> buffers = buffersOf(process);
        if (!(at(root, "processes", process, "threads") instanceof Node.Mapping threads)) {
            return;
        }
        Set<String> jobs = new TreeSet<>();
        for (Map.Entry<String, Node.Entry> thread : threads.entries().entrySet()) {
            steps(thread).forEach(step -> jobs.add(text(argument(step, "as"))));
        }
        jobs.remove("");
        for (Map.Entry<String, Node.Entry> thread : threads.entries().entrySet()) {
            String path = "/processes/" + process + "/threads/" + thread.getKey() + "/";
            List<Node> steps = steps(thread);
            for (int i = 0; i < steps.size(); i++) {
                checkStep(steps.get(i), path + i, buffers, jobs);
            }
        }
    }

    private void collectKernelAreas(String process) {
        if (at(root, "processes", process, "threads") instanceof Node.Mapping threads) {
            for (Map.Entry<String, Node.Entry> thread : threads.entries().entrySet()) {
                steps(thread).stream()
                        .filter(
                                step ->
                                        step instanceof Node.Mapping map
                                                && map.get("vmalloc") != null)
                        .forEach(step -> kernelAreas.add(text(argument(step, "area"))));
            }
        }
    }

    private static List<Node> steps(Map.Entry<String, Node.Entry> thread) {
        return thread.getValue().value() instanceof Node.Sequence list ? list.items() : List.of();
    }

    private void checkStep(Node step, String path, Set<String> buffers, Set<String> jobs) {
        if (!(step instanceof Node.Mapping map) || map.entries().size() != 1) {
            return;
        }
        String word = map.entries().keySet().iterator().next();
        String inner = path + "/" + word;
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
            case "kill", "signal", "fork", "clone", "exec", "hold", "let-go" ->
                    checkName(argument(step, "process"), inner, "process", processes);
            case "wait" -> {
                checkName(argument(step, "job"), inner, "job", jobs);
                checkName(
                        map.get(word) instanceof Node.Mapping ? argument(step, "process") : null,
                        inner,
                        "process",
                        processes);
            }
            default -> {
                // Names nothing.
            }
        }
    }

    /** Also of the members that work is made of. */
    private void checkBuffers(
            Node work, Collection<String> keys, String path, Collection<String> known) {
        if (!(work instanceof Node.Mapping map)) {
            return;
        }
        map.entries()
                .forEach(
                        (key, entry) -> {
                            String inner = path + "/" + key;
                            if (keys.contains(key)) {
                                checkName(entry.value(), inner, "buffer", known);
                            }
                            checkBuffers(entry.value(), keys, inner, known);
                        });
    }

    /** Keys of a device's work that name buffers; none if there is no such device or model. */
    private Collection<String> bufferKeys(Node device) {
        String model = text(at(root, "machine", "devices", text(device), "model"));
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

    private void checkName(Node name, String path, String what, Collection<String> known) {
        if (name instanceof Node.Scalar scalar) {
            checkKnown(name.place(), scalar.text(), path, what, known);
        }
    }

    private void checkKnown(
            Place place, String name, String path, String what, Collection<String> known) {
        if (!known.contains(name)) {
            mistakes.add(
                    place,
                    path,
                    "unknown " + what + " \"" + name + "\"",
                    Names.remedy(name, known));
        }
    }

    /** The node at a path of keys; null if there is none. */
    static Node at(Node root, String... path) {
        Node node = root;
        for (String key : path) {
            node = node instanceof Node.Mapping map ? map.get(key) : null;
        }
        return node;
    }

    private static Set<String> keys(Node node) {
        return node instanceof Node.Mapping map ? map.entries().keySet() : Set.of();
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }
}
