package svasim.models.gpu.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import svasim.device.DeviceHost;
import svasim.models.gpu.config.GpuConfig;
import svasim.stats.Counter;

/**
 * Which queues have a hardware slot, and which processes a context (VMID). Where there are more
 * than fit, they take turns: after its quantum a queue has to leave if another one waits.
 */
final class Runlist {
    private final GpuConfig config;
    private final DeviceHost host;
    private final List<Queue> queues;
    private final Runnable afterwards;
    private final Counter preemptions;
    private final Counter evictions;
    private boolean timed;
    private int turn;
    private int life;

    /**
     * @param afterwards called when a queue is off
     */
    Runlist(GpuConfig config, DeviceHost host, List<Queue> queues, Runnable afterwards) {
        this.config = config;
        this.host = host;
        this.queues = queues;
        this.afterwards = afterwards;
        evictions =
                host.statistics()
                        .counter(
                                host.name() + ".evictions",
                                "queues that software took off for a while");
        preemptions =
                host.statistics()
                        .counter(host.name() + ".preemptions", "queues that had to make room");
    }

    /** Queues that may begin something. */
    List<Queue> running() {
        return in(Queue.State.RUNNING);
    }

    /** Queues that are about to give their slot back. */
    List<Queue> leaving() {
        return in(Queue.State.LEAVING);
    }

    /** Takes a queue off the hardware. */
    void unmap(long nowPs, Queue queue, boolean throwsAway) {
        queue.unmap();
        if (queue.state() == Queue.State.OFF) {
            left(queue);
            return;
        }
        leave(queue, throwsAway ? GpuConfig.Preemption.RESET : GpuConfig.Preemption.DRAIN);
        update(nowPs);
    }

    /** Takes a queue off the hardware that comes back as it is. */
    void evict(long nowPs, Queue queue) {
        if (queue.state() != Queue.State.OFF) {
            evictions.increment();
            queue.evicted(true);
            leave(queue, config.preemption());
            update(nowPs);
        }
    }

    /** Has a queue that was evicted go on. */
    void restore(long nowPs, Queue queue) {
        if (queue.isEvicted()) {
            queue.evicted(false);
            if (queue.state() == Queue.State.OFF) {
                queue.state(Queue.State.WAITING);
            }
            update(nowPs);
        }
    }

    /** Gives slots back and hands them out. */
    void update(long nowPs) {
        for (Queue queue : in(Queue.State.LEAVING)) {
            if (queue.isQuiet()) {
                left(queue);
            }
        }
        for (int i = 0; i < queues.size(); i++) {
            Queue queue = queues.get((turn + i) % queues.size());
            if (queue.state() == Queue.State.WAITING && queue.hasWork()) {
                enter(nowPs, queue);
            }
        }
    }

    void reset() {
        life++;
        timed = false;
    }

    private void enter(long nowPs, Queue queue) {
        if (hasRoom(queue)) {
            queue.state(Queue.State.RUNNING);
            queue.since(nowPs);
            turn = (queue.number() + 1) % queues.size();
        } else {
            makeRoom(nowPs);
        }
    }

    private boolean hasRoom(Queue queue) {
        List<Queue> present = in(Queue.State.RUNNING);
        present.addAll(in(Queue.State.LEAVING));
        Set<Integer> contexts = new TreeSet<>();
        present.forEach(other -> contexts.add(other.pasid()));
        contexts.add(queue.pasid());
        return present.size() < config.queues() && contexts.size() <= config.vmids();
    }

    /** The queue that has run for longest leaves, now or when its quantum is over. */
    private void makeRoom(long nowPs) {
        Queue oldest = null;
        for (Queue queue : running()) {
            oldest = oldest == null || queue.sincePs() < oldest.sincePs() ? queue : oldest;
        }
        if (oldest == null) {
            return;
        }
        long restPs = oldest.sincePs() + config.quantum().value() - nowPs;
        if (!oldest.hasWork() || restPs <= 0) {
            preemptions.increment();
            leave(oldest, config.preemption());
            update(nowPs);
        } else if (!timed) {
            timed = true;
            int begunIn = life;
            host.kernel()
                    .after(
                            restPs,
                            (now, kind, data) -> {
                                if (life == begunIn) {
                                    timed = false;
                                    update(now);
                                    afterwards.run();
                                }
                            },
                            0,
                            0);
        }
    }

    /**
     * Wavefronts that are thrown away end when the last of their accesses has: a page request that
     * was sent must be answered before the PASID may go (PCIe, 10.4.1.2).
     */
    private void leave(Queue queue, GpuConfig.Preemption how) {
        queue.state(Queue.State.LEAVING);
        if (queue.dispatch() == null) {
            return;
        }
        switch (how) {
            case RESET -> queue.dispatch().cut();
            case SAVE -> queue.dispatch().leave();
            case DRAIN -> {}
        }
    }

    private void left(Queue queue) {
        boolean off = queue.unmaps() || queue.isEvicted();
        queue.state(off ? Queue.State.OFF : Queue.State.WAITING);
        if (queue.unmaps()) {
            queue.dispatch(null);
            queue.ring(0);
            queue.evicted(false);
        }
    }

    private List<Queue> in(Queue.State state) {
        List<Queue> found = new ArrayList<>();
        for (Queue queue : queues) {
            if (queue.state() == state) {
                found.add(queue);
            }
        }
        return found;
    }
}
