package svasim.os.process;

import java.util.List;
import svasim.cpu.Core;
import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.TaskWork;

/**
 * do_exit: the end of a thread. The address space goes before the files; what the files put off
 * runs after both; the struct of the address space outlives all of it, since the core still has it
 * loaded.
 */
final class DoExit {
    private static final Procedure<DoExit> DO_EXIT =
            Procedure.<DoExit>named("do_exit")
                    .sleeping("exit_signals", 100_000, DoExit::begin)
                    .sleeping("exit_mm", 200_000, DoExit::exitMm)
                    .sleeping("exit_files", 80_000, DoExit::exitFiles)
                    .sleeping("exit_task_work", 50_000, DoExit::exitTaskWork)
                    .sleeping("exit_notify", 300_000, DoExit::exitNotify)
                    .sleeping("finish_task_switch", 150_000, DoExit::dropLazyMm)
                    .build();

    private static final Procedure<DoExit> CLOSE_FILES =
            Procedure.<DoExit>named("close_files")
                    .sleeping("flush", 60_000, DoExit::flush)
                    .sleeping("fput", 40_000, DoExit::fput)
                    .build();

    private final UserThread thread;
    private final Process process;
    private OpenFile closing;
    private boolean dumped;

    private DoExit(UserThread thread) {
        this.thread = thread;
        this.process = thread.process();
    }

    static Call<?> call(UserThread thread) {
        return new Call<>(DO_EXIT, new DoExit(thread));
    }

    private Next begin(Cpu cpu) {
        thread.leave();
        if (process.coreDump() != null && !dumped) {
            dumped = true;
            return new Next.EnterAgain(process.coreDump().join());
        }
        return Next.call(process.services().threadExit().apply(thread.task()));
    }

    /** The task keeps the struct for as long as its core has the tables loaded (lazy TLB). */
    private Next exitMm(Cpu cpu) {
        process.letParentGo();
        process.mm().grab(thread.node());
        thread.task().space(Core.NO_SPACE);
        return Next.call(process.mm().putUsers(thread.node()));
    }

    private Next exitFiles(Cpu cpu) {
        return process.files().removeUser() ? Next.call(new Call<>(CLOSE_FILES, this)) : Next.ON;
    }

    private Next flush(Cpu cpu) {
        String device = process.files().any();
        if (device == null) {
            return letGoNext();
        }
        closing = process.files().remove(device);
        return Next.call(closing.operations().flush(closing));
    }

    /** Files of other processes' memory, and files that were sent here and not received. */
    private Next letGoNext() {
        List<Mm> held = process.files().held();
        if (!held.isEmpty()) {
            return new Next.EnterAgain(process.files().letGo(held.get(0)));
        }
        process.services().mail().discard(process.name());
        return Next.DONE;
    }

    private Next fput(Cpu cpu) {
        process.files().put(closing);
        return Next.jump("flush");
    }

    private Next exitTaskWork(Cpu cpu) {
        return Next.call(TaskWork.onExit(thread.task()));
    }

    private Next exitNotify(Cpu cpu) {
        process.threadEnded();
        return Next.ON;
    }

    private Next dropLazyMm(Cpu cpu) {
        return Next.call(process.mm().drop(thread.node()));
    }
}
