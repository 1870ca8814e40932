package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Step;

/** Gives work to a device through the library that comes with its driver. */
final class SubmitWork {
    private static final Procedure<SubmitWork> SUBMIT =
            Procedure.<SubmitWork>named("submit")
                    .sleeping("prepare", 50_000, SubmitWork::prepare)
                    .sleeping("hand over", 0, SubmitWork::handOver)
                    .build();

    private final UserThread thread;
    private final Step.Submit step;
    private Submission submission;

    private SubmitWork(UserThread thread, Step.Submit step) {
        this.thread = thread;
        this.step = step;
    }

    static Call<?> call(UserThread thread, Step.Submit step) {
        return new Call<>(SUBMIT, new SubmitWork(thread, step));
    }

    private Next prepare(Cpu cpu) {
        Process process = thread.process();
        OpenFile file = process.fileForWork(step.to());
        if (file == null || file.isGone()) {
            String reason = file == null ? "not open" : "the device is gone";
            process.failed(thread, "submit to " + step.to() + ": " + reason);
            return Next.DONE;
        }
        file.use();
        Work work =
                new Work(step.work(), process.mm(), new Pointers(process), thread, step.retry());
        try {
            submission = file.operations().submit(file, work);
        } catch (IllegalArgumentException cannotBePrepared) {
            process.failed(thread, "submit to " + step.to() + ": " + cannotBePrepared.getMessage());
            return Next.DONE;
        }
        return Next.ON;
    }

    private Next handOver(Cpu cpu) {
        if (step.as() != null) {
            thread.process().job(step.as(), submission.job());
        }
        return Next.call(submission.call());
    }
}
