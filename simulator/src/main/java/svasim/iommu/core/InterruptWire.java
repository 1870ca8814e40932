package svasim.iommu.core;

import java.util.function.IntSupplier;

/**
 * A level interrupt of one source: the interrupt controller, which takes messages, sees a message
 * to address 0 with the number of the wire when the level rises.
 */
public final class InterruptWire {
    private final Surroundings around;
    private final IntSupplier number;
    private boolean high;

    /**
     * @param number of the wire, asked when the level rises
     */
    public InterruptWire(Surroundings around, IntSupplier number) {
        this.around = around;
        this.number = number;
    }

    /** The source sets its level. */
    public void level(boolean newLevel) {
        boolean rises = newLevel && !high;
        high = newLevel;
        if (rises) {
            around.interrupts().message(0, number.getAsInt(), around.kernel().nowPs());
        }
    }
}
