package svasim.machine;

import java.util.List;
import svasim.guest.GuestConfig;
import svasim.os.program.ProcessSpec;

/**
 * A virtual machine of a {@link Machine.Plan}.
 *
 * @param name of the machine and of the process of the host that holds it
 * @param processes of the guest, in the order in which they start
 */
public record GuestPlan(String name, GuestConfig config, List<ProcessSpec> processes) {
    public GuestPlan {
        processes = List.copyOf(processes);
    }
}
