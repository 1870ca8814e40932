package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.models.zip.config.ZipWork;
import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Sqe;
import svasim.models.zip.layout.Status;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.Work;
import svasim.os.procedure.Call;

/** A buffer on its way through the engine, block by block. */
final class ZipJob implements Job {
    private final UacceContext context;
    private final UserQueue queue;
    private final ZipWork work;
    private final long source;
    private final long destination;
    private final long room;
    private final long size;
    private final long block;
    private long next;
    private long done;
    private int outstanding;
    private long startPs;
    private long handedInPs;
    private Status status = Status.SUCCESS;
    private JobResult result;

    /**
     * @throws IllegalArgumentException if the buffers or the batch do not fit
     */
    ZipJob(UacceContext context, Work request) {
        this.context = context;
        work = request.as(ZipWork.class);
        boolean compress = work.op() == ZipWork.Operation.COMPRESS;
        queue = context.queue(compress ? QueueContext.COMPRESS : QueueContext.DECOMPRESS);
        source = request.buffers().address(work.from());
        destination = request.buffers().address(work.into());
        size = request.buffers().size(work.from());
        room = request.buffers().size(work.into());
        block = work.block() == null ? Math.min(size, ZipWork.MOST) : work.block().bytes();
        int most = UserQueue.most(queue.region().depth());
        check(work.batch() <= most, "a batch larger than the queue");
        check(room >= size - (size - 1) % block, "no room for the last block in " + work.into());
    }

    @Override
    public Call<?> await(Waiting thread) {
        return UserWait.call(this, thread);
    }

    @Override
    public JobResult result() {
        return result;
    }

    UacceContext context() {
        return context;
    }

    UserQueue queue() {
        return queue;
    }

    /** Time of the last batch. */
    long handedInPs() {
        return handedInPs;
    }

    void begin(long nowPs) {
        startPs = nowPs;
        context.driver().statistics().began(nowPs);
    }

    /** Whose entries have to end before the next batch has room, or null. */
    ZipJob obstacle() {
        return queue.obstacle(work.batch());
    }

    /** Whether entries are outstanding that have to end before others are handed in. */
    boolean isWaiting() {
        return outstanding > 0;
    }

    private boolean hasMore() {
        return next < size && status.isGood();
    }

    /** Writes the entries of the next batch. */
    void fillBatch(Cpu cpu) {
        handedInPs = cpu.nowPs();
        for (int i = 0; i < work.batch() && next < size; i++) {
            int input = (int) Math.min(block, size - next);
            int output = (int) Math.min(block, room - next);
            int format = work.format() == ZipWork.Format.GZIP ? Sqe.GZIP : Sqe.ZLIB;
            queue.fill(
                    cpu,
                    new Sqe(source + next, input, destination + next, output, format, outstanding),
                    this);
            next += input;
            outstanding++;
        }
    }

    /** The program has seen an entry end, perhaps the last one. */
    void took(long nowPs, Sqe.Result entry) {
        outstanding--;
        done += entry.consumed();
        if (!entry.status().isGood()) {
            status = entry.status();
        }
        if (!isWaiting() && !hasMore() && result == null) {
            end(nowPs, (status.isGood() ? Status.SUCCESS : status).text(), status.isGood());
        }
    }

    /** It was not carried out, or nobody can see that it was. */
    void fail(long nowPs, String why) {
        end(nowPs, why, false);
    }

    private void end(long nowPs, String text, boolean good) {
        result = new JobResult(text, good, done);
        context.driver().statistics().ended(startPs, nowPs, good, done);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
