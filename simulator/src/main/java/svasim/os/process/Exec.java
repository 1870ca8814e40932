package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.cpu.Ia32Pasid;
import svasim.os.defect.Defect;
import svasim.os.file.OpenFile;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;

/**
 * execve(2): the other threads die, the thread gets a new address space, which has no PASID, the
 * old one is torn down while devices are still open, registers start anew, and only then files are
 * closed that do not survive. A device that stays open keeps its bond to the old address space.
 */
final class Exec {
    private static final Procedure<Exec> EXEC =
            Procedure.<Exec>named("begin_new_exec")
                    .sleeping("find program", 2_000_000, Exec::find)
                    .sleeping("de_thread", 200_000, Exec::deThread)
                    .sleeping("unshare_files", 300_000, Exec::unshareFiles)
                    .sleeping("exec_mmap", 500_000, Exec::newMm)
                    .sleeping("mmput old mm", 50_000, Exec::putOldMm)
                    .step("flush_thread", 100_000, Exec::flushThread)
                    .sleeping("do_close_on_exec", 50_000, Exec::closeNext)
                    .sleeping("fput", 40_000, Exec::fput)
                    .sleeping("set up program", 500_000, Exec::setUp)
                    .build();

    private final UserThread thread;
    private final Process old;
    private final Processes processes;
    private final String name;
    private ProcessSpec spec;
    private FileTable files;
    private Process fresh;
    private OpenFile closing;

    private Exec(UserThread thread, String name) {
        this.thread = thread;
        this.old = thread.process();
        this.processes = old.services().processes();
        this.name = name;
    }

    static Call<?> call(UserThread thread, String program) {
        return new Call<>(EXEC, new Exec(thread, program));
    }

    private Next find(Cpu cpu) {
        spec = processes.take(name);
        if (spec == null) {
            old.failed(thread, "exec " + name + ": no such program is left");
            return Next.DONE;
        }
        return Next.ON;
    }

    /** The calling thread is not one of those that are killed. */
    private Next deThread(Cpu cpu) {
        if (old.living() == 1) {
            return Next.ON;
        }
        old.killOthers(thread);
        return Next.await(old.deThreaded());
    }

    private Next unshareFiles(Cpu cpu) {
        files = old.files();
        if (files.isShared()) {
            files = files.copy(old.services().platform().references().node(name + " files"));
            files.addUser();
            old.files().removeUser();
        }
        return Next.ON;
    }

    private Next newMm(Cpu cpu) {
        Mm mm = processes.newMm(name);
        mm.getUsers(thread.node());
        fresh = processes.make(spec, mm, files);
        Program program = spec.threads().values().iterator().next();
        thread.become(fresh, program);
        old.services().platform().cores().of(cpu).loadSpace(mm.id());
        return Next.ON;
    }

    private Next putOldMm(Cpu cpu) {
        old.letParentGo();
        return Next.call(old.mm().putUsers(thread.node()));
    }

    /** IA32_PASID returns to its initial state, and the task may be given another one (S10). */
    private Next flushThread(Cpu cpu) {
        cpu.pasidRegister(Ia32Pasid.INITIAL);
        if (!old.services().platform().defects().has(Defect.S10)) {
            thread.task().pasidActivated(false);
        }
        return Next.ON;
    }

    private Next closeNext(Cpu cpu) {
        String device = files.anyClosedOnExec();
        if (device == null) {
            return Next.jump("set up program");
        }
        closing = files.remove(device);
        return Next.call(closing.operations().flush(closing));
    }

    private Next fput(Cpu cpu) {
        files.put(closing);
        return Next.jump("do_close_on_exec");
    }

    /** Further threads of the program are made as soon as it runs. */
    private Next setUp(Cpu cpu) {
        old.threadEnded();
        startOtherThreads();
        return Next.call(SetUp.call(fresh));
    }

    private void startOtherThreads() {
        spec.threads().entrySet().stream()
                .skip(1)
                .map(entry -> processes.addThread(fresh, entry.getKey(), entry.getValue()))
                .toList()
                .forEach(
                        other ->
                                old.services()
                                        .platform()
                                        .scheduler()
                                        .start(other.task(), other.main()));
    }
}
