package svasim.models.nic.rdma.verbs;

import svasim.cpu.Cpu;
import svasim.device.MirrorFill;
import svasim.models.nic.config.NicWork;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.Work;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/** Has the pages of a buffer brought in before messages need them (ibv_advise_mr). */
final class AdviseJob implements Job {
    /** Bytes that are brought in at once. */
    private static final long PART_BYTES = 1 << 20;

    private static final String NEXT = "prefetch";

    private static final Procedure<AdviseJob> ADVISE =
            Procedure.<AdviseJob>named("ib_advise_mr")
                    .sleeping("register memory", 50_000, AdviseJob::register)
                    .sleeping(NEXT, 100_000, AdviseJob::fillNext)
                    .sleeping("next part", 1_000, AdviseJob::filled)
                    .build();

    private final RdmaContext context;
    private final long address;
    private final long bytes;
    private final Node node;
    private RegisterMemory registration;
    private MirrorFill fill;
    private long done;
    private JobResult result;

    AdviseJob(RdmaContext context, Work request) {
        this.context = context;
        String buffer = request.as(NicWork.class).into();
        address = request.buffers().address(buffer);
        bytes = request.buffers().size(buffer);
        registration = new RegisterMemory(context, address, bytes);
        node = context.driver().host().platform().references().node("ib_advise_mr");
    }

    Call<?> call() {
        return new Call<>(ADVISE, this);
    }

    /** All of it is done when the system call returns. */
    @Override
    public Call<?> await(Waiting thread) {
        return Call.nothing();
    }

    @Override
    public JobResult result() {
        return result;
    }

    private Next register(Cpu cpu) {
        return Next.call(registration.call());
    }

    private Next fillNext(Cpu cpu) {
        if (registration.region() == null) {
            result = new JobResult("memory cannot be registered", false, 0);
            return Next.DONE;
        }
        long part = Math.min(PART_BYTES, bytes - done);
        context.driver().statistics().advised(part);
        fill = new MirrorFill(context.mirror(), node, address + done, part, true);
        return Next.call(fill.call());
    }

    private Next filled(Cpu cpu) {
        if (!fill.isComplete()) {
            result = new JobResult("a page cannot be had", false, done);
            return Next.DONE;
        }
        done += Math.min(PART_BYTES, bytes - done);
        if (done < bytes) {
            return Next.jump(NEXT);
        }
        result = new JobResult("success", true, done);
        return Next.DONE;
    }
}
