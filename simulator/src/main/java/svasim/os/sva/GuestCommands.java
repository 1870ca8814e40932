package svasim.os.sva;

import java.util.function.IntConsumer;
import svasim.cpu.Cpu;
import svasim.iommu.core.VirtualCommands;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.WorkQueue;

/** Carries out what a guest asks for by virtual commands: its numbers are those of a set. */
public final class GuestCommands implements VirtualCommands {
    private static final Procedure<Answer> ANSWER =
            Procedure.<Answer>named("vmm_virtual_command")
                    .sleeping("ioasid ioctl", 800_000, Answer::begin)
                    .sleeping("write VCRSP", 100_000, Answer::end)
                    .build();

    private final PasidSet set;
    private final int limit;
    private final WorkQueue queue;

    /**
     * @param limit first number that is too wide for the guest
     * @param queue of the host, whose workers carry commands out
     */
    public GuestCommands(PasidSet set, int limit, WorkQueue queue) {
        this.set = set;
        this.limit = limit;
        this.queue = queue;
    }

    private record Answer(PasidSet set, PasidAllocation wanted, int freed, IntConsumer done) {
        Next begin(Cpu cpu) {
            return Next.call(wanted == null ? set.free(freed) : set.allocate(wanted));
        }

        Next end(Cpu cpu) {
            if (wanted == null) {
                done.accept(freed);
            } else {
                done.accept(wanted.number() == null ? NONE : wanted.number().guest());
            }
            return Next.DONE;
        }
    }

    @Override
    public void allocate(IntConsumer done) {
        queue.add(new Call<>(ANSWER, new Answer(set, new PasidAllocation(limit), NONE, done)));
    }

    /** What is not the guest's, or was freed before, is refused at once. */
    @Override
    public void free(int pasid, IntConsumer done) {
        if (set.find(pasid) == null) {
            done.accept(NONE);
        } else {
            queue.add(new Call<>(ANSWER, new Answer(set, null, pasid, done)));
        }
    }
}
