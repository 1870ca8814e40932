package svasim.os.mm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.os.procedure.Next;

/** The swap device: its slots, and the time of its transfers, one after the other. */
final class SwapSpace {
    private static final Site IO = Site.lateness("os.swap", 200_000_000L, 5_000_000_000L);

    private final MmConfig config;
    private final Kernel kernel;
    private final int lane;
    private final long capacity;
    private final List<SwapSlot> slots = new ArrayList<>();
    private final Deque<SwapSlot> free = new ArrayDeque<>();
    private long idlePs;

    SwapSpace(MmConfig config, Kernel kernel, int lane) {
        this.config = config;
        this.kernel = kernel;
        this.lane = lane;
        this.capacity = config.swap().bytes() / PageTables.PAGE;
    }

    /** A slot with one reference; null if the device is full. */
    SwapSlot allocate() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        if (slots.size() >= capacity) {
            return null;
        }
        SwapSlot slot = new SwapSlot(slots.size());
        slots.add(slot);
        return slot;
    }

    SwapSlot get(long number) {
        return slots.get((int) number);
    }

    /** Nothing names the slot any more. */
    void free(SwapSlot slot) {
        free.push(slot);
    }

    /** Slots in use. */
    int used() {
        return slots.size() - free.size();
    }

    /** Waits for a page to be read. */
    Next read() {
        return transfer(config.swapRead().value());
    }

    /** Waits for a page to be written. */
    Next write() {
        return transfer(config.swapWrite().value());
    }

    private Next transfer(long ps) {
        long begin = Math.max(idlePs, kernel.nowPs());
        idlePs = begin + ps + kernel.lateness(IO, lane);
        return Next.sleep(idlePs - kernel.nowPs());
    }
}
