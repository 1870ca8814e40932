package svasim.models.nic.rdma.verbs;

import svasim.cpu.Cpu;
import svasim.device.Polling;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** The program registers its buffers, unless it has, and posts a message. */
final class PostWrite {
    private static final String POST = "ib_post_send";

    private static final Procedure<PostWrite> WRITE =
            Procedure.<PostWrite>named("rdma_write")
                    .sleeping("register source", 20_000, PostWrite::registerSource)
                    .sleeping("register destination", 20_000, PostWrite::registerDestination)
                    .sleeping(POST, 50_000, PostWrite::post)
                    .sleeping("wait for room", 1_000, (frame, cpu) -> Next.jump(POST))
                    .build();

    private final WriteJob job;
    private final RdmaContext context;
    private RegisterMemory source;
    private RegisterMemory destination;
    private long sincePs = -1;

    private PostWrite(WriteJob job) {
        this.job = job;
        context = job.context();
    }

    static Call<?> call(WriteJob job) {
        return new Call<>(WRITE, new PostWrite(job));
    }

    private Next registerSource(Cpu cpu) {
        source = job.sourceRegistration();
        return Next.call(source.call());
    }

    private Next registerDestination(Cpu cpu) {
        destination = job.destinationRegistration();
        return Next.call(destination.call());
    }

    private Next post(Cpu cpu) {
        sincePs = sincePs < 0 ? cpu.nowPs() : sincePs;
        if (source.region() == null || destination.region() == null) {
            job.fail("memory cannot be registered");
            return Next.DONE;
        }
        context.poll(cpu);
        if (context.recover(cpu)) {
            context.post(cpu, job.request(source.region(), destination.region()), job);
            return Next.DONE;
        }
        if (Polling.isHopeless(cpu, sincePs)) {
            job.fail("there is no room for a message");
            return Next.DONE;
        }
        return Polling.pause(cpu, sincePs);
    }
}
