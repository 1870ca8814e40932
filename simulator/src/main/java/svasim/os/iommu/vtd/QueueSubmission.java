package svasim.os.iommu.vtd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** qi_submit_sync: descriptors, a wait with status write, and a busy loop on the status. */
final class QueueSubmission {
    private static final long POLL_PS = 40_000;

    private static final Procedure<QueueSubmission> SUBMIT =
            Procedure.<QueueSubmission>named("qi_submit_sync")
                    .step("write descriptors", POLL_PS, QueueSubmission::write)
                    .step("wait for status", POLL_PS, QueueSubmission::poll)
                    .build();

    private final InvalidationQueue queue;
    private final List<Descriptor> descriptors;
    private final Mode mode;
    private int waitSlot;

    /** What the wait behind the descriptors is for. */
    enum Mode {
        /** For the descriptors. */
        WAIT,
        /** For page requests that came before, too. */
        DRAIN,
        /** For nothing: it is written and not looked at. */
        FORGET
    }

    private QueueSubmission(InvalidationQueue queue, List<Descriptor> descriptors, Mode mode) {
        this.queue = queue;
        this.descriptors = descriptors;
        this.mode = mode;
    }

    static Call<?> call(InvalidationQueue queue, List<Descriptor> descriptors, Mode mode) {
        return new Call<>(SUBMIT, new QueueSubmission(queue, descriptors, mode));
    }

    private Next write(Cpu cpu) {
        if (!queue.hasRoom(cpu, descriptors.size() + 1)) {
            return Next.AGAIN;
        }
        descriptors.forEach(descriptor -> queue.write(cpu, descriptor));
        waitSlot = queue.writeWait(cpu, mode == Mode.DRAIN);
        queue.ring(cpu);
        return mode == Mode.FORGET ? Next.DONE : Next.ON;
    }

    private Next poll(Cpu cpu) {
        return queue.isDone(cpu, waitSlot) ? Next.DONE : Next.AGAIN;
    }
}
