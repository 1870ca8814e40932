package svasim.pcie.endpoint;

import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * The bus between the port of a device and the units behind it, on which completions come in one
 * after the other; each begins a cycle of its own, so that its last cycle may be filled in part.
 * Absent keys are those of the cores of generation 3 with eight lanes that programmable cards have:
 * 256 bits at 250 MHz.
 *
 * @param width bytes of a cycle: header and data of a completion, without framing
 * @param cycle of its clock
 * @source width, cycle: cores of generation 3 with eight lanes, as programmable cards have
 */
public record IntakeConfig(ByteSize width, Picoseconds cycle) {
    public IntakeConfig {
        width = width == null ? new ByteSize(32) : width;
        cycle = cycle == null ? Picoseconds.ofNanos(4) : cycle;
        Require.powerOfTwo("width", width.bytes());
        Require.range("width", width.bytes(), 4, 256);
        Require.positive("cycle", cycle.value());
    }

    /** Time that a packet takes. */
    long timePs(long bytes) {
        return (bytes + width.bytes() - 1) / width.bytes() * cycle.value();
    }
}
