package svasim.models.dsa.device;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import svasim.models.dsa.layout.EventLogEntry;
import svasim.models.dsa.layout.EventLogRegister;
import svasim.pcie.endpoint.Dma;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;

/**
 * The event log: a ring in memory that the device fills and software empties. A descriptor whose
 * entry finds no room goes on when software has made some. The tail moves when an entry is written;
 * an entry that cannot be written halts the device.
 */
final class EventLog implements DmaClient {
    private final Dma dma;
    private final Runnable logged;
    private final Runnable unreachable;
    private final EventLogRegister registers = new EventLogRegister();

    /** Entries that are not written yet; the first may be on its way. */
    private final Queue<Item> waiting = new ArrayDeque<>();

    /** Whose entries software has not taken yet. */
    private final Queue<Work> unread = new ArrayDeque<>();

    private boolean writing;
    private boolean enabled;

    /** An entry, and who waits for it. */
    private record Item(Work work, EventLogEntry entry, LongConsumer then) {}

    /**
     * @param logged called when an entry was written that software is to hear of
     * @param unreachable called when the log cannot be written
     */
    EventLog(Dma dma, Runnable logged, Runnable unreachable) {
        this.dma = dma;
        this.logged = logged;
        this.unreachable = unreachable;
    }

    /** EVLCFG and EVLSTATUS. */
    EventLogRegister registers() {
        return registers;
    }

    /** GENCFG is written. */
    void enable(boolean on) {
        enabled = on;
    }

    boolean isEnabled() {
        return enabled && registers.size() >= EventLogRegister.LEAST_ENTRIES;
    }

    /** Software has taken entries, or acknowledged the interrupt. */
    void writeStatus(long value, int bytes) {
        for (int taken = registers.writeStatus(value, bytes); taken > 0; taken--) {
            unread.poll();
        }
        proceed();
    }

    /** Whether software has still to see to a descriptor that fits. */
    boolean holds(Predicate<Work> which) {
        return unread.stream().anyMatch(which)
                || waiting.stream().anyMatch(item -> which.test(item.work()));
    }

    /** Logs something of a descriptor, then goes on. */
    void append(Work work, EventLogEntry entry, LongConsumer then) {
        waiting.add(new Item(work, entry, then));
        proceed();
    }

    /** Forgets what waits for room, of descriptors that fit; the caller sees to who waits. */
    void abandon(long nowPs, Predicate<Work> which) {
        Item first = writing ? waiting.peek() : null;
        for (Item item : waiting.toArray(Item[]::new)) {
            if (item != first && which.test(item.work().accepted())) {
                waiting.remove(item);
                item.then().accept(nowPs);
            }
        }
    }

    void reset() {
        enabled = false;
        registers.reset();
        unread.clear();
    }

    private void proceed() {
        if (writing || waiting.isEmpty() || registers.isFull() || !isEnabled()) {
            return;
        }
        writing = true;
        byte[] bytes = waiting.peek().entry().toBytes();
        dma.write(
                new DmaRequest(
                        prefix(),
                        registers.tailAddress(),
                        bytes,
                        0,
                        bytes.length,
                        OnFault.REPORT,
                        0),
                this,
                0);
    }

    private PasidPrefix prefix() {
        return registers.hasPasid()
                ? new PasidPrefix(registers.pasid(), registers.isPrivileged(), false)
                : null;
    }

    @Override
    public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
        writing = false;
        Item item = waiting.remove();
        if (status == DmaStatus.OK) {
            unread.add(item.work());
            if (registers.advanceTail()) {
                logged.run();
            }
        } else if (status != DmaStatus.DISCARDED) {
            unreachable.run();
        }
        item.then().accept(nowPs);
        proceed();
    }
}
