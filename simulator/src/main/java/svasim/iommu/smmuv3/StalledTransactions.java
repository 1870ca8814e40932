package svasim.iommu.smmuv3;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import svasim.iommu.core.HeldRequest;
import svasim.pcie.tlp.CompletionStatus;

/**
 * Transactions that wait for software after a fault (3.12.2): those whose event software can read,
 * each with a stall tag, and those for which the event queue or the tags had no room, which are
 * tried again when there is room.
 */
final class StalledTransactions {
    /** A request that has not been answered. */
    private record Held(HeldRequest request, int tag) {
        int streamId() {
            return request.request().requesterId();
        }
    }

    private final Events events;
    private final Consumer<HeldRequest> retry;
    private final int limit;
    private final boolean abortOnly;
    private final BitSet tagsInUse = new BitSet();
    private final List<Held> stalled = new ArrayList<>();
    private List<Held> waiting = new ArrayList<>();

    /**
     * @param retry sends a request through the unit again
     */
    StalledTransactions(Features features, Events events, Consumer<HeldRequest> retry) {
        this.events = events;
        this.retry = retry;
        this.limit = Math.max(features.get(IdField.STALL_MAX), 1);
        this.abortOnly = features.has(IdField.TERM_MODEL);
    }

    /** Holds a transaction whose fault is to stall it. */
    void stall(Transaction transaction) {
        int tag = tagsInUse.nextClearBit(0);
        Held held = new Held(HeldRequest.of(transaction), tag);
        boolean recorded =
                tag < limit
                        && events.writable()
                        && events.recordStall(
                                transaction.fault(),
                                transaction.requesterId(),
                                transaction.pasid(),
                                tag);
        if (recorded) {
            tagsInUse.set(tag);
            stalled.add(held);
        } else {
            waiting.add(held);
        }
    }

    /** There may be room in the event queue, or a tag is free. */
    void roomForEvents() {
        if (!waiting.isEmpty() && events.writable()) {
            List<Held> again = waiting;
            waiting = new ArrayList<>();
            again.forEach(held -> retry.accept(held.request()));
        }
    }

    /** CMD_RESUME (4.6.1); a pair of stream and tag that is not stalled has no effect. */
    void resume(Command command) {
        for (Held held : stalled) {
            if (held.tag() == command.stallTag() && held.streamId() == command.streamId()) {
                release(held);
                resolve(held, command);
                roomForEvents();
                return;
            }
        }
    }

    private void resolve(Held held, Command command) {
        if (command.retry()) {
            retry.accept(held.request());
        } else if (command.abort() || abortOnly) {
            abort(held);
        } else {
            held.request().refuse(CompletionStatus.SUCCESS);
        }
    }

    /** CMD_STALL_TERM (4.6.2): aborts what the stream has stalled, with or without an event. */
    void terminate(int streamId) {
        List<Held> ended = new ArrayList<>();
        for (Held held : stalled) {
            if (held.streamId() == streamId) {
                ended.add(held);
            }
        }
        ended.forEach(this::release);
        for (Held held : waiting) {
            if (held.streamId() == streamId) {
                ended.add(held);
            }
        }
        waiting.removeAll(ended);
        ended.forEach(StalledTransactions::abort);
        roomForEvents();
    }

    /** Translation is switched off: everything is aborted. */
    void abortAll() {
        List<Held> all = new ArrayList<>(stalled);
        all.addAll(waiting);
        stalled.clear();
        waiting.clear();
        tagsInUse.clear();
        all.forEach(StalledTransactions::abort);
    }

    /** Transactions that have no answer yet. */
    int count() {
        return stalled.size() + waiting.size();
    }

    private void release(Held held) {
        stalled.remove(held);
        tagsInUse.clear(held.tag());
    }

    private static void abort(Held held) {
        held.request().refuse(Terminations.ABORT);
    }
}
