package svasim.models.dsa.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Wqcfg;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;

/**
 * A work queue: its configuration, the descriptors that wait in it and those that engines have
 * taken from it.
 */
final class WorkQueue {
    private final int index;
    private final Wqcfg config = new Wqcfg();
    private final Queue<Work> waiting = new ArrayDeque<>();
    private final List<Work> inFlight = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private QueueState state = QueueState.DISABLED;
    private int batches;

    /** PASID of the descriptors since the last reset of the queue, if it gives them one. */
    private int workedFor = PasidPrefix.NONE;

    /** Who waits for the end of some descriptors. */
    private record Watcher(Predicate<Work> which, Runnable then) {}

    WorkQueue(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    Wqcfg config() {
        return config;
    }

    QueueState state() {
        return state;
    }

    void state(QueueState next) {
        state = next;
    }

    /**
     * Whether the queue takes a posted write to one of its portals now. A shared one never does: it
     * could not say that it is full.
     */
    boolean acceptsPosted() {
        return state == QueueState.ENABLED && !config.isShared() && occupancy() < config.size();
    }

    /**
     * Whether the queue takes a deferrable write to one of its portals now.
     *
     * @param limited whether it came through a limited portal, which leaves the entries above the
     *     threshold to others
     */
    boolean acceptsDeferrable(boolean limited) {
        int entries = limited ? config.threshold() : config.size();
        return state == QueueState.ENABLED && config.isShared() && occupancy() < entries;
    }

    /** Descriptors that hold an entry: an entry is free again when an engine takes it. */
    int occupancy() {
        return waiting.size();
    }

    /** Takes a descriptor; the caller has asked whether it may. */
    Work accept(long nowPs, long id, Descriptor descriptor) {
        Work work =
                new Work(
                        id,
                        nowPs,
                        this,
                        descriptor,
                        pasid(descriptor),
                        config.isShared() ? descriptor.privileged() : config.has(Wqcfg.PRIVILEGED),
                        null,
                        batches);
        batches += work.isBatch() ? 1 : 0;
        workedFor = config.isShared() ? PasidPrefix.NONE : work.pasid();
        waiting.add(work);
        return work;
    }

    /** In whose address space a descriptor is carried out. */
    private int pasid(Descriptor descriptor) {
        if (config.isShared()) {
            return descriptor.pasid();
        }
        return config.has(Wqcfg.PASID_ENABLE) ? config.pasid() : PasidPrefix.NONE;
    }

    /**
     * PASID that the queue had in its configuration when it last took a descriptor, unless it was
     * reset since; {@link PasidPrefix#NONE} without.
     */
    int workedFor() {
        return workedFor;
    }

    /** What an access does that meets a missing page. */
    OnFault onFault(boolean block) {
        if (config.has(Wqcfg.ATS_DISABLE)) {
            return OnFault.UNTRANSLATED;
        }
        return block && !config.has(Wqcfg.PRS_DISABLE) ? OnFault.BLOCK : OnFault.REPORT;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** The oldest waiting descriptor, or null. */
    Work peek() {
        return waiting.peek();
    }

    /** Hands the oldest waiting descriptor to an engine. */
    Work take() {
        Work work = waiting.remove();
        inFlight.add(work);
        return work;
    }

    /** An engine has ended with a descriptor. */
    void finished(Work work) {
        inFlight.remove(work);
        tellWatchers();
    }

    /** Throws away descriptors that no engine has taken; does not tell who awaits their end. */
    List<Work> discard(Predicate<Work> which) {
        List<Work> discarded = waiting.stream().filter(which).toList();
        waiting.removeAll(discarded);
        return discarded;
    }

    /** Descriptors that engines work on. */
    List<Work> inFlight() {
        return Collections.unmodifiableList(inFlight);
    }

    /** Calls back once none that fits is unfinished; from within this call if that is so now. */
    void awaitNone(Predicate<Work> which, Runnable then) {
        if (holds(which)) {
            watchers.add(new Watcher(which, then));
        } else {
            then.run();
        }
    }

    /** Back to the state after reset; what engines work on comes to its end by itself. */
    void clear() {
        waiting.clear();
        config.clear();
        workedFor = PasidPrefix.NONE;
        state = QueueState.DISABLED;
    }

    private boolean holds(Predicate<Work> which) {
        return inFlight.stream().anyMatch(which) || waiting.stream().anyMatch(which);
    }

    private void tellWatchers() {
        List<Watcher> satisfied =
                watchers.stream().filter(watcher -> !holds(watcher.which())).toList();
        watchers.removeAll(satisfied);
        satisfied.forEach(watcher -> watcher.then().run());
    }
}
