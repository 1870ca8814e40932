package svasim.models.nic.rdma.verbs;

import java.util.Arrays;
import java.util.Locale;
import svasim.device.DeviceTable;
import svasim.models.nic.config.NicWork;
import svasim.models.nic.rdma.layout.MessageCompletion.Status;
import svasim.models.nic.rdma.layout.WorkRequest;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.Work;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;

/** A message of a program from one buffer to another. */
final class WriteJob implements Job {
    private final RdmaContext context;
    private final NicWork work;
    private final Mm mm;
    private final Buffers buffers;
    private final long offset;
    private JobResult result;

    /**
     * Where the buffers of a load lie when it begins, whatever becomes of them.
     *
     * @param room bytes of the smaller one
     */
    record Buffers(long from, long into, long room) {
        /**
         * @throws IllegalArgumentException if a message does not fit into the buffers
         */
        static Buffers of(Work request) {
            NicWork work = request.as(NicWork.class);
            Work.Buffers all = request.buffers();
            long room = Math.min(all.size(work.from()), all.size(work.into()));
            if (work.size().bytes() > room) {
                throw new IllegalArgumentException(
                        "a message of " + work.size() + " does not fit into " + room + " bytes");
            }
            return new Buffers(all.address(work.from()), all.address(work.into()), room);
        }
    }

    /**
     * @param number of the message, from 0; those of a load lie one behind the other in the buffers
     */
    WriteJob(RdmaContext context, Work request, Buffers buffers, int number) {
        this.context = context;
        work = request.as(NicWork.class);
        mm = request.mm();
        this.buffers = buffers;
        long size = work.size().bytes();
        offset = number % (buffers.room() / size) * size;
    }

    @Override
    public Call<?> await(Waiting thread) {
        return PollMessages.call(this, thread);
    }

    @Override
    public JobResult result() {
        return result;
    }

    RdmaContext context() {
        return context;
    }

    RegisterMemory sourceRegistration() {
        return new RegisterMemory(context, buffers.from(), buffers.room());
    }

    RegisterMemory destinationRegistration() {
        return new RegisterMemory(context, buffers.into(), buffers.room());
    }

    WorkRequest request(MemoryRegion source, MemoryRegion destination) {
        int bytes = (int) work.size().bytes();
        return new WorkRequest(
                source.key(),
                buffers.from() + offset,
                destination.key(),
                buffers.into() + offset,
                bytes);
    }

    /** The program sees the end of the message. */
    void ended(Status status) {
        if (status != Status.SUCCESS) {
            fail(status.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        } else if (work.verify() && !isIntact()) {
            context.driver().statistics().wrong();
            fail("wrong bytes");
        } else {
            result = new JobResult("success", true, work.size().bytes());
        }
    }

    void fail(String why) {
        result = new JobResult(why, false, 0);
    }

    /** Of pages that are where they were: the program may have unmapped some meanwhile. */
    private boolean isIntact() {
        int bytes = (int) work.size().bytes();
        for (int done = 0; done < bytes; ) {
            long source = buffers.from() + offset + done;
            long destination = buffers.into() + offset + done;
            int count = Math.min(bytes - done, toEndOfPages(source, destination));
            boolean there = mm.physical(source) >= 0 && mm.physical(destination) >= 0;
            if (there && !Arrays.equals(mm.read(source, count), mm.read(destination, count))) {
                return false;
            }
            done += count;
        }
        return true;
    }

    private static int toEndOfPages(long source, long destination) {
        long page = DeviceTable.PAGE;
        return (int) (page - Math.max(source & page - 1, destination & page - 1));
    }
}
