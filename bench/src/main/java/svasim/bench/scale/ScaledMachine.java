package svasim.bench.scale;

import java.util.List;
import svasim.machine.MachineConfig;
import svasim.os.program.ProcessSpec;

/**
 * A machine that is to be measured.
 *
 * @param processes in the order of starting
 * @param bonds that are made until it is set up
 * @param accesses names of counters that together count what devices have done for programs
 * @param before accesses that belong to the set-up
 * @param ends whether it comes to rest by itself, after a while
 */
record ScaledMachine(
        MachineConfig machine,
        List<ProcessSpec> processes,
        int bonds,
        List<String> accesses,
        long before,
        boolean ends) {}
