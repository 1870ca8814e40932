package svasim.models.rogue;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * The rogue function; absent keys take these defaults.
 *
 * @param patience for which it waits for the answer to a packet
 * @param interval between two packets of an attack that goes on by itself
 * @source patience, interval: chosen: long beside a round trip, short beside a page fault
 */
public record RogueConfig(Picoseconds patience, Picoseconds interval) {
    public RogueConfig {
        patience = patience == null ? Picoseconds.ofMicros(50) : patience;
        interval = interval == null ? Picoseconds.ofMicros(1) : interval;
        Require.positive("patience", patience.value());
        Require.positive("interval", interval.value());
    }

    /** All defaults. */
    public RogueConfig() {
        this(null, null);
    }
}
