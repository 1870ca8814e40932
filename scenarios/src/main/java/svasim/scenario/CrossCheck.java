package svasim.scenario;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import svasim.binding.Mistakes;
import svasim.binding.Names;
import svasim.binding.Node;
import svasim.binding.Place;
import svasim.check.Catalogue;
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

    private CrossCheck(Node root, Mistakes mistakes) {
        this.root = root;
        this.mistakes = mistakes;
        this.devices = keys(at(root, "machine", "devices"));
        this.processes = new TreeSet<>(keys(at(root, "processes")));
        GuestCheck.programs(root).forEach(guest -> processes.addAll(guest.processes()));
    }

    /** Adds a mistake for each name that nothing has. */
    static void check(Node root, Mistakes mistakes) {
        CrossCheck check = new CrossCheck(root, mistakes);
        ProgramCheck.ofHost(root, mistakes).check();
        GuestCheck.check(root, mistakes);
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
        List<String> invariants = Catalogue.entries().stream().map(Catalogue.Entry::id).toList();
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
        Set<String> all = new TreeSet<>(ProgramCheck.ofHost(root, mistakes).buffers());
        GuestCheck.programs(root).forEach(guest -> all.addAll(guest.buffers()));
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

    private void checkItems(Node list, String path, String what, Collection<String> known) {
        if (list instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                checkName(sequence.items().get(i), path + "/" + i, what, known);
            }
        }
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

    static Set<String> keys(Node node) {
        return node instanceof Node.Mapping map ? map.entries().keySet() : Set.of();
    }

    static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }
}
