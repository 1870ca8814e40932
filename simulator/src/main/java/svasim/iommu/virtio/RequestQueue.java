package svasim.iommu.virtio;

import svasim.iommu.core.Surroundings;
import svasim.kernel.EventHandler;
import svasim.memory.MemoryTiming;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * The request queue: buffers are read, carried out and given back one after the other. The status
 * of a request that ends mappings waits until nothing uses them.
 */
final class RequestQueue implements EventHandler {
    private static final int LOOK = 0;
    private static final int EXECUTE = 1;

    private final VirtQueue queue;
    private final Requests requests;
    private final Invalidations invalidations;
    private final Trouble trouble;
    private final Interrupts interrupts;
    private final Surroundings around;
    private final long perRequestPs;
    private final Counter executed;

    private boolean busy;

    /** The buffer in work, or null. */
    private VirtQueue.Chain chain;

    private byte[] request;

    /** What is to be written into the buffer once nothing uses old mappings; else null. */
    private Answer answer;

    /** Distinguishes the events of this life of the queue from those before a reset. */
    private long life;

    private int number;

    RequestQueue(
            VirtQueue queue,
            Requests requests,
            Invalidations invalidations,
            Trouble trouble,
            long perRequestPs,
            Surroundings around) {
        this.queue = queue;
        this.requests = requests;
        this.invalidations = invalidations;
        this.trouble = trouble;
        this.interrupts = trouble.interrupts();
        this.perRequestPs = perRequestPs;
        this.around = around;
        this.executed =
                around.statistics()
                        .counter(around.name() + ".requestq.executed", "requests carried out");
    }

    /** The driver has made a buffer available, or has started the device. */
    void kick() {
        if (!busy && trouble.usable(queue)) {
            busy = true;
            long now = around.kernel().nowPs();
            long seenPs = dramPs(now, queue.availableAddress(), Integer.BYTES);
            around.kernel().at(seenPs, this, LOOK, life);
        }
    }

    /** What a status waits for may have come. */
    void progress() {
        boolean finished = answer != null && invalidations.finished();
        if (finished && answer != null) { // the question may have called back to here already
            giveBack();
        }
    }

    /** Gives up everything. */
    void reset() {
        life++;
        busy = false;
        chain = null;
        answer = null;
        number = 0;
    }

    boolean idle() {
        return !busy;
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        if (data != life) {
            return;
        }
        if (kind == LOOK) {
            look(nowPs);
        } else {
            execute();
        }
    }

    private void look(long nowPs) {
        if (!trouble.usable(queue) || !queue.pending()) {
            busy = false;
            return;
        }
        chain = queue.take();
        if (chain == null) {
            busy = false;
            trouble.brokenQueue();
            return;
        }
        request = queue.read(chain);
        around.kernel().at(readPs(nowPs) + perRequestPs, this, EXECUTE, life);
    }

    /** When ring entry, descriptors and data have been read, one after the other. */
    private long readPs(long nowPs) {
        long done = dramPs(nowPs, queue.availableAddress(), Short.BYTES);
        for (int i = 0; i < chain.descriptors(); i++) {
            done = dramPs(done, queue.descriptorsAddress(), VirtQueue.DESCRIPTOR_BYTES);
        }
        for (VirtQueue.Segment segment : chain.readable()) {
            done = dramPs(done, segment.address(), segment.bytes());
        }
        return done;
    }

    private long dramPs(long nowPs, long address, int bytes) {
        MemoryTiming timing = around.timing();
        return timing.dramDonePs(nowPs, address, bytes);
    }

    private void execute() {
        answer = requests.execute(request, chain.writableBytes());
        progress();
    }

    private void giveBack(VirtQueue.Chain done, Answer given) {
        queue.write(done, given.skipped(), given.data());
        if (queue.giveBack(done, given.bytes())) {
            interrupts.raise(Interrupts.USED_BUFFER);
        }
    }

    private void giveBack() {
        VirtQueue.Chain done = chain;
        Answer given = answer;
        chain = null;
        answer = null;
        busy = false;
        executed.increment();
        around.trace()
                .tell(
                        Kind.COMMAND_EXECUTED,
                        around.lane(),
                        Words.at(request, 0),
                        Words.at(request, Long.BYTES),
                        number++,
                        Requests.name(request));
        if (trouble.usable(queue)) {
            giveBack(done, given);
        }
        kick();
    }
}
