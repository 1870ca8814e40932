package svasim.guest;

import svasim.units.Picoseconds;

/**
 * What it costs to leave a guest and to come back; absent keys take these defaults.
 *
 * @param trap time from an instruction of the guest that cannot go on without the hypervisor to its
 *     next one, if the hypervisor's kernel needs no time of its own
 * @param emulation what the virtual machine monitor adds for a register that it emulates: the way
 *     out to its thread, its work and the way back
 * @param handOff time from a write to an emulated register until the monitor sees it, while the
 *     guest goes on
 * @param injection time from an interrupt of the host for a guest until it is pending there
 * @source trap: Dall et al., ARM Virtualization (ISCA 2016), hypercall of KVM on x86: 1300 cycles
 *     of 2.1 GHz
 * @source emulation: the same, a read of a device in the monitor: 18923 cycles in all, of which the
 *     half is the wake-up of another core, which is left out here
 * @source handOff, injection: assumed
 */
public record ExitConfig(
        Picoseconds trap, Picoseconds emulation, Picoseconds handOff, Picoseconds injection) {
    public ExitConfig {
        trap = trap == null ? Picoseconds.ofNanos(620) : trap;
        emulation = emulation == null ? Picoseconds.ofNanos(3_900) : emulation;
        handOff = handOff == null ? Picoseconds.ofNanos(1_500) : handOff;
        injection = injection == null ? Picoseconds.ofNanos(1_000) : injection;
    }

    public static ExitConfig defaults() {
        return new ExitConfig(null, null, null, null);
    }
}
