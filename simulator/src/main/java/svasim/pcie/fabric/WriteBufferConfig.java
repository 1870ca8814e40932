package svasim.pcie.fabric;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Where the root complex keeps posted writes of one port; absent keys take these defaults.
 *
 * @param lines cache lines that writes in progress may occupy, as many as there are without limit
 *     if absent; more stay on the link
 * @param hold time that a write stays after memory has it, until its line is free
 * @source lines, hold: chosen: none; M7 and a profile say where their own are from
 */
public record WriteBufferConfig(Integer lines, Picoseconds hold) {
    /** Lines of the largest write that there is, of 4 KiB at any address. */
    private static final int LARGEST_WRITE = 65;

    public WriteBufferConfig {
        hold = hold == null ? new Picoseconds(0) : hold;
        Require.that(
                lines == null || lines >= LARGEST_WRITE,
                "lines",
                lines,
                "at least " + LARGEST_WRITE + ", which is the largest write");
    }
}
