package svasim.iommu.smmuv3;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import svasim.iommu.core.HeldRequest;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * Transactions that wait for software after a fault (3.12.2): those whose event software can read,
 * each with a stall tag; those that wait for one of these, if the unit merges stalls; and those for
 * which the event queue or the tags had no room, which are tried again when there is room.
 */
final class StalledTransactions {
    /** A request that has not been answered. */
    private record Held(HeldRequest request, int tag) {
        private static final int PAGE_SHIFT = 12;

        int streamId() {
            return request.request().requesterId();
        }

        /** Whether both ask for the same access to the same page of the same address space. */
        boolean isLike(Held other) {
            Tlp.MemoryRequest mine = request.request();
            Tlp.MemoryRequest others = other.request.request();
            return mine.requesterId() == others.requesterId()
                    && Objects.equals(mine.pasid(), others.pasid())
                    && mine.address() >>> PAGE_SHIFT == others.address() >>> PAGE_SHIFT
                    && mine.getClass() == others.getClass();
        }
    }

    /** A request without an event of its own, and the one whose event speaks for it. */
    private record Follower(Held held, Held leader) {}

    private final Events events;
    private final Consumer<HeldRequest> retry;
    private final int limit;
    private final boolean abortOnly;
    private final boolean merges;
    private final BitSet tagsInUse = new BitSet();
    private final List<Held> stalled = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    private List<Held> waiting = new ArrayList<>();

    /**
     * @param merges as {@link SmmuChoices#mergeStalls}
     * @param retry sends a request through the unit again
     */
    StalledTransactions(
            Features features, Events events, boolean merges, Consumer<HeldRequest> retry) {
        this.merges = merges;
        this.events = events;
        this.retry = retry;
        this.limit = Math.max(features.get(IdField.STALL_MAX), 1);
        this.abortOnly = features.has(IdField.TERM_MODEL);
    }

    /** Holds a transaction whose fault is to stall it. */
    void stall(Transaction transaction) {
        int tag = tagsInUse.nextClearBit(0);
        Held held = new Held(HeldRequest.of(transaction), tag);
        Held leader = merges ? leader(held) : null;
        if (leader != null) {
            followers.add(new Follower(held, leader));
            return;
        }
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

    private Held leader(Held held) {
        for (Held candidate : stalled) {
            if (candidate.isLike(held)) {
                return candidate;
            }
        }
        return null;
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
                retryFollowers(held);
                roomForEvents();
                return;
            }
        }
    }

    private void retryFollowers(Held leader) {
        List<Follower> released =
                followers.stream().filter(follower -> follower.leader() == leader).toList();
        followers.removeAll(released);
        released.forEach(follower -> retry.accept(follower.held().request()));
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
        List<Follower> following =
                followers.stream()
                        .filter(follower -> follower.held().streamId() == streamId)
                        .toList();
        followers.removeAll(following);
        following.forEach(follower -> ended.add(follower.held()));
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
        followers.forEach(follower -> all.add(follower.held()));
        all.addAll(waiting);
        stalled.clear();
        followers.clear();
        waiting.clear();
        tagsInUse.clear();
        all.forEach(StalledTransactions::abort);
    }

    /** Transactions that have no answer yet. */
    int count() {
        return stalled.size() + followers.size() + waiting.size();
    }

    private void release(Held held) {
        stalled.remove(held);
        tagsInUse.clear(held.tag());
    }

    private static void abort(Held held) {
        held.request().refuse(Terminations.ABORT);
    }
}
