package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.mm.Fork;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Step;

/**
 * clone(2) of a process: address space and files are shared or copied, each for itself. The child's
 * tasks have not used ENQCMD yet, whatever the parent has: the PASID component of the copied
 * register image is cleared.
 */
final class CloneProcess {
    private static final Procedure<CloneProcess> CLONE =
            Procedure.<CloneProcess>named("copy_process")
                    .sleeping("dup_task_struct", 2_000_000, CloneProcess::declare)
                    .sleeping("copy_files", 300_000, CloneProcess::copyFiles)
                    .sleeping("copy_mm", 300_000, CloneProcess::copyMm)
                    .sleeping("copy_thread", 300_000, CloneProcess::copyThread)
                    .sleeping("wake_up_new_task", 500_000, CloneProcess::start)
                    .sleeping("wait_for_vfork_done", 50_000, CloneProcess::awaitVfork)
                    .build();

    private final UserThread thread;
    private final Process parent;
    private final Processes processes;
    private final Step.Clone step;
    private ProcessSpec spec;
    private FileTable files;
    private Process child;

    private CloneProcess(UserThread thread, Step.Clone step) {
        this.thread = thread;
        this.parent = thread.process();
        this.processes = parent.services().processes();
        this.step = step;
    }

    static Call<?> call(UserThread thread, Step.Clone step) {
        return new Call<>(CLONE, new CloneProcess(thread, step));
    }

    private Next declare(Cpu cpu) {
        spec = processes.take(step.process());
        if (spec == null) {
            parent.failed(thread, "clone " + step.process() + ": no such program is left");
            return Next.DONE;
        }
        return Next.ON;
    }

    private Next copyFiles(Cpu cpu) {
        files =
                step.shareFiles()
                        ? parent.files()
                        : parent.files()
                                .copy(
                                        parent.services()
                                                .platform()
                                                .references()
                                                .node(spec.name() + " files"));
        return Next.ON;
    }

    /** The child's threads use the address space from here on. */
    private Next copyMm(Cpu cpu) {
        Mm mm = step.shareMemory() ? parent.mm() : processes.newMm(spec.name());
        child = processes.make(spec, mm, files);
        child.inherit(parent, step.shareMemory());
        spec.threads().forEach((name, program) -> processes.addThread(child, name, program));
        return step.shareMemory() ? Next.ON : Next.call(new Fork(parent.mm(), mm).call());
    }

    private Next copyThread(Cpu cpu) {
        if (parent.services().platform().defects().has(Defect.S09)) {
            child.threads().forEach(made -> made.task().extendedState().pasid(cpu.pasidRegister()));
        }
        return Next.ON;
    }

    private Next start(Cpu cpu) {
        processes.start(child);
        return step.untilExec() ? Next.ON : Next.DONE;
    }

    private Next awaitVfork(Cpu cpu) {
        boolean over = child.letsParentGo() || thread.signalPending();
        return over ? Next.DONE : Next.await(child.gone());
    }
}
