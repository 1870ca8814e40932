package svasim.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.machine.Machine;
import svasim.os.Os;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;
import svasim.run.MachineAssembly;
import svasim.scenario.BoundScenario;
import svasim.scenario.Measure;

/** What a device needs to be bound to an address space, as the booted machine has it. */
public final class BindChain {
    private final String device;
    private final FeatureSubset subset;
    private final List<BindCondition> conditions;
    private final List<String> hypothetical;

    /**
     * @param system operating system that the device belongs to
     * @param prefix in front of the device's name
     */
    private BindChain(Machine machine, Os system, PciDevice device, String prefix) {
        this.device = prefix + device.name();
        this.subset = machine.subset(device);
        this.conditions = system.sva().bindConditions(device, asked());
        this.hypothetical = machine.hypothetical();
    }

    /** Of a device that uses no part of shared virtual addressing: whether it could use all. */
    private FeatureSubset asked() {
        boolean none = subset == FeatureSubset.NONE || subset == FeatureSubset.ATS_ALONE;
        return none ? FeatureSubset.FULL_SVA : subset;
    }

    /** Boots the machine, without its programs, and asks for each device. */
    public static List<BindChain> of(MachineAssembly assembly, BoundScenario scenario) {
        Machine machine = assembly.idle(scenario);
        Measure limits = scenario.scenario().measure();
        machine.run(limits.until().value(), limits.events());
        List<BindChain> chains = new ArrayList<>();
        for (PciDevice device : machine.os().devices()) {
            if (!scenario.scenario().isOfGuest(device.name())) {
                chains.add(new BindChain(machine, machine.os(), device, ""));
            }
        }
        machine.guests()
                .forEach(
                        (name, guest) ->
                                guest.os().devices().stream()
                                        .map(
                                                device ->
                                                        new BindChain(
                                                                machine,
                                                                guest.os(),
                                                                device,
                                                                name + "."))
                                        .forEach(chains::add));
        return chains;
    }

    /** Which part of shared virtual addressing the device is used with, in one line. */
    public String use() {
        return device + " is used with " + subset.text();
    }

    /** The first condition that does not hold, or null. */
    public BindCondition firstFailing() {
        return conditions.stream().filter(c -> !c.holds()).findFirst().orElse(null);
    }

    /** Lines for people: each condition with its value, an arrow at the first that fails. */
    public List<String> text() {
        BindCondition failing = firstFailing();
        int parts = width(conditions.stream().map(BindCondition::part).toList());
        int whats = width(conditions.stream().map(BindCondition::what).toList());
        List<String> lines = new ArrayList<>();
        lines.add(device + (failing == null ? " can be bound" : " cannot be bound"));
        lines.add("  " + use());
        for (BindCondition condition : conditions) {
            String mark = condition == failing ? "->" : condition.holds() ? "ok" : "no";
            String form = "  %s  %-" + parts + "s  %-" + whats + "s  %s";
            lines.add(
                    String.format(
                            form, mark, condition.part(), condition.what(), condition.value()));
        }
        if (failing != null) {
            lines.add("  the first that fails: " + failing.refusal());
        }
        hypothetical.forEach(line -> lines.add("  hypothetical: " + line));
        return lines;
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }

    /** The same for programs. */
    public Map<String, Object> plain() {
        List<Object> all = new ArrayList<>();
        for (BindCondition condition : conditions) {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("part", condition.part());
            plain.put("what", condition.what());
            plain.put("value", condition.value());
            plain.put("holds", condition.holds());
            all.add(plain);
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("device", device);
        plain.put("subset", subset.title());
        plain.put("conditions", all);
        if (firstFailing() != null) {
            plain.put("refusal", firstFailing().refusal());
        }
        plain.put("hypothetical", hypothetical);
        return plain;
    }
}
