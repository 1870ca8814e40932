package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Ending processes, and waiting for their end. */
final class Signalling {
    private static final Procedure<Signalling> KILL =
            Procedure.<Signalling>named("do_send_sig_info")
                    .sleeping("SIGKILL", 400_000, Signalling::kill)
                    .build();

    private static final Procedure<Signalling> EXIT_GROUP =
            Procedure.<Signalling>named("do_group_exit")
                    .sleeping("zap_other_threads", 200_000, Signalling::exitGroup)
                    .build();

    private static final Procedure<Signalling> WAIT =
            Procedure.<Signalling>named("wait4")
                    .sleeping("wait for the process", 200_000, Signalling::awaitEnd)
                    .build();

    private final UserThread thread;
    private final Process target;

    private Signalling(UserThread thread, Process target) {
        this.thread = thread;
        this.target = target;
    }

    static Call<?> kill(UserThread thread, String process) {
        return new Call<>(KILL, new Signalling(thread, find(thread, process)));
    }

    static Call<?> exitGroup(UserThread thread) {
        return new Call<>(EXIT_GROUP, new Signalling(thread, thread.process()));
    }

    static Call<?> awaitEnd(UserThread thread, String process) {
        return new Call<>(WAIT, new Signalling(thread, find(thread, process)));
    }

    private static Process find(UserThread thread, String name) {
        Process found = thread.process().services().processes().apply(name);
        if (found == null) {
            throw new IllegalArgumentException("no process \"" + name + "\"");
        }
        return found;
    }

    private Next kill(Cpu cpu) {
        target.kill("SIGKILL");
        return Next.DONE;
    }

    /** A process with one thread needs no signal: the thread just leaves. */
    private Next exitGroup(Cpu cpu) {
        thread.leave();
        if (target.threads().size() > 1) {
            target.kill("SIGKILL (group exit)");
        }
        return Next.DONE;
    }

    private Next awaitEnd(Cpu cpu) {
        return target.hasEnded() || thread.signalPending() ? Next.DONE : Next.await(target.ended());
    }
}
