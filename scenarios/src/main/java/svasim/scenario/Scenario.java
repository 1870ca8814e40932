package svasim.scenario;

import java.util.List;
import java.util.Map;
import svasim.binding.Node;
import svasim.machine.MachineConfig;
import svasim.machine.fault.FaultConfig;
import svasim.os.OsConfig;
import svasim.units.Require;

/**
 * One scenario, every default filled in.
 *
 * @param svasim version of the format: 1
 * @param title a few words
 * @param aim one sentence for the learner
 * @param machine the hardware
 * @param os the operating system and its policy
 * @param processes programs by the name of their process
 * @param guests virtual machines by name
 * @param faults what goes wrong in hardware
 * @param defects numbers of bugs that are switched on
 * @param order steps that have to come in an order, each {@code "procedure/step < procedure/step"};
 *     behind either {@code " @ "} and the name of a task; the first may be a kind of observation,
 *     and have {@code "N times "} in front of it if only the Nth occurrence counts, and the second
 *     {@code "stores of procedure/step"}, which then stay in their core
 * @param measure limits, and what is compared with published numbers
 * @param expect what has to be true at the end
 * @param variants overrides by name, each a map from path to value
 * @param lesson what a lesson says around it
 */
public record Scenario(
        Integer svasim,
        String title,
        String aim,
        MachineConfig machine,
        OsConfig os,
        Map<String, ProcessConfig> processes,
        Map<String, GuestSection> guests,
        List<FaultConfig> faults,
        List<String> defects,
        List<String> order,
        Measure measure,
        Expect expect,
        Map<String, Map<String, Node>> variants,
        Lesson lesson) {
    private static final int VERSION = 1;

    public Scenario {
        Require.that(svasim != null && svasim == VERSION, "svasim", svasim, "version 1");
        Require.that(title != null && !title.isBlank(), "title", title, "a few words");
        aim = aim == null ? "" : aim;
        machine =
                machine == null
                        ? new MachineConfig(null, null, null, null, null, null, null, null)
                        : machine;
        os = os == null ? OsConfig.defaults() : os;
        variants = variants == null ? Map.of() : variants;
        processes = processes == null ? Map.of() : processes;
        guests = guests == null ? Map.of() : guests;
        faults = faults == null ? List.of() : List.copyOf(faults);
        defects = defects == null ? List.of() : List.copyOf(defects);
        order = order == null ? List.of() : List.copyOf(order);
        measure = measure == null ? Measure.defaults() : measure;
        expect =
                expect == null
                        ? new Expect(null, null, null, null, null, null, null, null, null)
                        : expect;
    }

    /** Whether a device of the machine belongs to a guest as a whole. */
    public boolean isOfGuest(String device) {
        return guests.values().stream()
                .flatMap(guest -> guest.config().devices().values().stream())
                .anyMatch(its -> device.equals(its.assign()));
    }
}
