package svasim.models.gpu.driver;

import java.util.ArrayList;
import java.util.List;
import svasim.device.Words;
import svasim.models.gpu.config.GpuWork;
import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.pattern.Expected;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.Work;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;

/**
 * A dispatch of a program. At its end the destination is compared with what the kernel should have
 * made of the source; that takes no time in the simulated machine.
 */
final class GpuJob implements Job {
    private static final long NOT_HANDED_IN = 0;

    private final GpuContext context;
    private final Mm mm;
    private final GpuWork work;
    private final long from;
    private final long into;
    private final long index;
    private final long elements;
    private final Expected expected;
    private long signal = NOT_HANDED_IN;
    private long startPs;
    private final List<WorkRanges.Range> ranges = new ArrayList<>();
    private JobResult result;

    /**
     * @throws IllegalArgumentException if the buffers do not fit to the kernel
     */
    GpuJob(GpuContext context, Work request) {
        this.context = context;
        mm = request.mm();
        work = request.as(GpuWork.class);
        Work.Buffers buffers = request.buffers();
        from = buffers.address(work.from());
        into = buffers.address(work.into());
        elements = buffers.size(work.into()) / Long.BYTES;
        index = work.index() == null ? 0 : buffers.address(work.index());
        check(buffers.size(work.from()) / Long.BYTES, elements, work.from());
        if (work.index() != null) {
            int each = work.kernel() == GpuWork.Kernel.GRAPH ? work.degree() : 1;
            check(buffers.size(work.index()) / Long.BYTES, elements * each, work.index());
        }
        expected = expected();
        ranges.add(new WorkRanges.Range(from, elements * Long.BYTES, false));
        ranges.add(new WorkRanges.Range(into, elements * Long.BYTES, true));
        if (work.index() != null) {
            int each = work.kernel() == GpuWork.Kernel.GRAPH ? work.degree() : 1;
            ranges.add(new WorkRanges.Range(index, elements * each * Long.BYTES, false));
        }
    }

    private static void check(long there, long needed, String buffer) {
        if (there < needed) {
            throw new IllegalArgumentException(
                    String.format("%s has %d elements, %d are needed", buffer, there, needed));
        }
    }

    /** Computed before the device may write: source and destination may be the same. */
    private Expected expected() {
        byte[] source = mm.read(from, (int) elements * Long.BYTES);
        int each = work.kernel() == GpuWork.Kernel.GRAPH ? work.degree() : 1;
        byte[] numbers =
                index == 0 ? new byte[0] : mm.read(index, (int) elements * each * Long.BYTES);
        return new Expected(
                packet(0),
                element -> Words.u64(source, (int) element * Long.BYTES),
                element -> Words.u64(numbers, (int) element * Long.BYTES));
    }

    @Override
    public Call<?> await(Waiting thread) {
        return UserWait.call(this, thread);
    }

    @Override
    public JobResult result() {
        return result;
    }

    GpuContext context() {
        return context;
    }

    long signal() {
        return signal;
    }

    long startPs() {
        return startPs;
    }

    void begin(long nowPs) {
        startPs = nowPs;
        context.ranges().add(ranges);
    }

    /** The packet for a signal at this address. */
    Packet packet(long signalAddress) {
        signal = signalAddress;
        int parameter =
                switch (work.kernel()) {
                    case STRIDED -> work.stride();
                    case CHASE -> work.hops();
                    case GRAPH -> work.degree();
                    default -> 0;
                };
        return new Packet(work.kernel(), elements, from, into, index, parameter, signalAddress);
    }

    /** The program has seen the signal. */
    void end(long nowPs, long value) {
        context.ended();
        if (value != Packet.DONE) {
            fail(nowPs, "fault");
            return;
        }
        long wrong = firstWrong();
        if (wrong < elements) {
            fail(nowPs, "wrong result in element " + wrong);
        } else {
            context.ranges().remove(ranges);
            result = new JobResult("success", true, elements * Long.BYTES);
            context.driver().statistics().ended(startPs, nowPs, true, elements);
        }
    }

    void fail(long nowPs, String why) {
        context.ranges().remove(ranges);
        result = new JobResult(why, false, 0);
        context.driver().statistics().ended(startPs, nowPs, false, 0);
    }

    private long firstWrong() {
        byte[] made = mm.read(into, (int) elements * Long.BYTES);
        long element = 0;
        while (element < elements
                && Words.u64(made, (int) element * Long.BYTES) == expected.at(element)) {
            element++;
        }
        return element;
    }
}
