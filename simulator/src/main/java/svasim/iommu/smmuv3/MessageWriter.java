package svasim.iommu.smmuv3;

import svasim.iommu.core.Surroundings;
import svasim.kernel.EventHandler;
import svasim.memory.PhysicalMemory;

/**
 * Writes the unit's 32-bit messages: into memory, where software polls for them, or to the
 * interrupt controller. An address in the window of interrupt messages is never memory.
 */
final class MessageWriter implements EventHandler {
    private static final int WINDOW_SHIFT = 20;
    private static final long WINDOW = 0xFEE;

    private final Surroundings around;
    private final PhysicalMemory memory;

    MessageWriter(Surroundings around) {
        this.around = around;
        this.memory = around.memory();
    }

    /**
     * Starts the write.
     *
     * @return false if nothing answers at the address
     */
    boolean write(long address, int data) {
        boolean answers = interruptWindow(address) || memory.answers(address, Integer.BYTES);
        if (answers) {
            long now = around.kernel().nowPs();
            long donePs = around.timing().dramDonePs(now, address, Integer.BYTES);
            around.kernel().at(donePs, this, data, address);
        }
        return answers;
    }

    /** Raises a wire, which the interrupt controller sees as a message to address 0. */
    void wire(int line) {
        around.interrupts().message(0, line, around.kernel().nowPs());
    }

    /** The write is done; {@code kind} is its data. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        if (!interruptWindow(data)) {
            memory.writeInt(data, kind);
        }
        around.interrupts().message(data, kind, nowPs);
    }

    private static boolean interruptWindow(long address) {
        return address >>> WINDOW_SHIFT == WINDOW;
    }
}
