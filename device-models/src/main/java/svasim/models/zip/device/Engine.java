package svasim.models.zip.device;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.kernel.EventHandler;
import svasim.models.zip.config.ZipConfig;
import svasim.pcie.endpoint.Dma;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * Works on several entries at once, of all queues in turn; their data passes one after the other.
 */
final class Engine {
    private final ZipConfig config;
    private final DeviceHost host;
    private final List<QueuePair> queues;
    private final int lane;
    private final Counter entries;
    private final Counter bytes;
    private final List<Task> running = new ArrayList<>();
    private int turn;
    private long freePs;
    private long begun;

    Engine(ZipConfig config, DeviceHost host, List<QueuePair> queues) {
        this.config = config;
        this.host = host;
        this.queues = queues;
        lane = host.trace().lane(host.name());
        entries = host.statistics().counter(host.name() + ".entries", "entries that have ended");
        bytes = host.statistics().counter(host.name() + ".bytes", "bytes of source");
    }

    /** Takes entries as long as there are some and the engine has room. */
    void fetch() {
        for (QueuePair queue = next(); queue != null; queue = next()) {
            Task task = new Task(this, queue, queue.take(), ++begun);
            running.add(task);
            task.begin();
        }
    }

    Dma dma() {
        return host.function().dma();
    }

    void accepted(Task task) {
        host.trace().tell(Kind.WORK_ACCEPTED, lane, task.pasid(), task.queue(), task.id());
    }

    /**
     * Calls the handler when so much source has passed.
     *
     * @param source bytes
     */
    void pass(int source, EventHandler whenPassed) {
        bytes.add(source);
        freePs = Math.max(host.kernel().nowPs(), freePs) + config.rate().transferPs(source);
        host.kernel().at(freePs + config.latency().value(), whenPassed, 0, 0);
    }

    void ended(Task task, String how) {
        entries.increment();
        running.remove(task);
        host.trace().tell(Kind.WORK_DONE, lane, task.pasid(), task.queue(), task.id(), how);
        task.leave();
        fetch();
    }

    /** Forgets everything. */
    void reset() {
        running.forEach(Task::forget);
        running.clear();
        freePs = 0;
    }

    private QueuePair next() {
        if (running.size() >= config.inFlight()) {
            return null;
        }
        for (int i = 0; i < queues.size(); i++) {
            QueuePair queue = queues.get(turn);
            turn = (turn + 1) % queues.size();
            if (queue.hasWork()) {
                return queue;
            }
        }
        return null;
    }
}
