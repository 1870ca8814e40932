package svasim.cpu;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;

/**
 * Stores of a core to structures that hardware reads, on their way to memory. Software, on
 * whichever core, sees a store at once; hardware sees it when it leaves the buffer, which is at
 * once too unless a choice makes it late. A full barrier, an atomic access, a register write and a
 * context switch empty the buffer, and so does software around each step that may sleep.
 *
 * <p>x86 lets stores out in their order (SDM vol. 3, 9.2.2). AArch64 keeps the order of stores to
 * the same word and of those that a store barrier parts (Arm ARM, B2.3); others may pass each
 * other.
 */
final class StoreBuffer implements EventHandler {
    private static final Site LATE = Site.lateness("cpu.store", 500_000L, 5_000_000L);

    /**
     * Words of the longest entry that hardware reads. What a step stores beyond them is a table
     * that it fills or entries that are alike; that one of those is late shows nothing new.
     */
    private static final int MOST_ASKED = 8;

    /** Leaves when it is told to, or at a barrier. */
    private static final long HELD = Long.MAX_VALUE;

    private final Kernel kernel;
    private final int lane;
    private final boolean inOrder;
    private final Memory memory;
    private final List<Pending> pending = new ArrayList<>();

    /** No store that follows leaves before this time. */
    private long barrierPs;

    private boolean holding;

    /** Time of the step that stored last, and how many of its stores were asked about. */
    private long stepPs = -1;

    private int asked;

    /** Where stores go. */
    @FunctionalInterface
    interface Memory {
        void write(long address, long value);
    }

    private record Pending(long address, long value, long leavesPs) {}

    /**
     * @param inOrder whether every store waits for those before it
     */
    StoreBuffer(Kernel kernel, int lane, boolean inOrder, Memory memory) {
        this.kernel = kernel;
        this.lane = lane;
        this.inOrder = inOrder;
        this.memory = memory;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /**
     * A store to a word that hardware may read.
     *
     * @param announced whether hardware reads it only after it was told by a register write, which
     *     empties the buffer: then nobody could see that it was late
     */
    void store(long address, long value, boolean announced) {
        long late = announced || !isAsked() ? 0 : kernel.lateness(LATE, lane);
        long leavesPs = Math.max(holding ? HELD : kernel.nowPs() + late, earliest(address));
        if (leavesPs == kernel.nowPs()) {
            memory.write(address, value);
            return;
        }
        pending.add(new Pending(address, value, leavesPs));
        if (leavesPs != HELD) {
            kernel.at(leavesPs, this, 0, 0);
        }
    }

    /** Stores stay here from now on, or, if not, only those that have come so far. */
    void hold(boolean on) {
        holding = on;
    }

    private boolean isAsked() {
        if (kernel.nowPs() != stepPs) {
            stepPs = kernel.nowPs();
            asked = 0;
        }
        return asked++ < MOST_ASKED;
    }

    private long earliest(long address) {
        long earliest = Math.max(kernel.nowPs(), barrierPs);
        for (Pending store : pending) {
            if (inOrder || store.address() == address) {
                earliest = Math.max(earliest, store.leavesPs());
            }
        }
        return earliest;
    }

    /** Whether a store to this word has not left yet. */
    boolean holds(long address) {
        for (Pending store : pending) {
            if (store.address() == address) {
                return true;
            }
        }
        return false;
    }

    /** The value stored last to a word that is held. */
    long value(long address) {
        long value = 0;
        for (Pending store : pending) {
            value = store.address() == address ? store.value() : value;
        }
        return value;
    }

    /** Stores that follow leave after those before. */
    void order() {
        for (Pending store : pending) {
            barrierPs = Math.max(barrierPs, store.leavesPs());
        }
    }

    /** Everything leaves now. */
    void drain() {
        if (!pending.isEmpty()) {
            leave(Long.MAX_VALUE);
            barrierPs = 0;
        }
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        leave(nowPs);
    }

    /** Oldest first, so that of two stores to a word the later one stays. */
    private void leave(long untilPs) {
        List<Pending> ready = new ArrayList<>(pending);
        ready.removeIf(store -> store.leavesPs() > untilPs);
        pending.removeAll(ready);
        ready.forEach(store -> memory.write(store.address(), store.value()));
    }
}
