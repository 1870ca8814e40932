package svasim.scenario;

import java.util.Map;
import svasim.guest.GuestConfig;

/**
 * A virtual machine of a scenario: its hardware and system, and what runs on it.
 *
 * @param machine keys of the virtual machine
 * @param processes programs of the guest by the name of their process; outside they are called
 *     {@code guest.process}
 */
public record GuestSection(Record machine, Map<String, ProcessConfig> processes) {
    public GuestSection {
        machine = machine == null ? GuestConfig.defaults() : machine;
        processes = processes == null ? Map.of() : processes;
    }

    /** The virtual machine itself. */
    public GuestConfig config() {
        return (GuestConfig) machine;
    }
}
