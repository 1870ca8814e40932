package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Signal;

/** Ending processes, and waiting for their end. */
final class Signalling {
    private static final Procedure<Signalling> KILL =
            Procedure.<Signalling>named("do_send_sig_info")
                    .sleeping("send signal", 400_000, Signalling::deliver)
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
    private Signal signal;

    private Signalling(UserThread thread, Process target) {
        this.thread = thread;
        this.target = target;
    }

    /** A process that does not exist yet cannot be sent anything: ESRCH. */
    static Call<?> send(UserThread thread, String process, Signal signal) {
        Process target = find(thread, process);
        if (target == null) {
            thread.process().failed(thread, signal + " to " + process + ": no such process");
            return Call.nothing();
        }
        Signalling signalling = new Signalling(thread, target);
        signalling.signal = signal;
        return new Call<>(KILL, signalling);
    }

    static Call<?> exitGroup(UserThread thread) {
        return new Call<>(EXIT_GROUP, new Signalling(thread, thread.process()));
    }

    static Call<?> awaitEnd(UserThread thread, String process) {
        Process target = find(thread, process);
        if (target == null) {
            thread.process().failed(thread, "wait " + process + ": no such process");
            return Call.nothing();
        }
        return new Call<>(WAIT, new Signalling(thread, target));
    }

    private static Process find(UserThread thread, String name) {
        Process found = thread.process().services().processes().get(name);
        Processes all = thread.process().services().processes();
        if (found == null && !all.isKnown(name)) {
            throw new IllegalArgumentException("no process \"" + name + "\"");
        }
        return found;
    }

    private Next deliver(Cpu cpu) {
        switch (signal.action()) {
            case TERMINATE -> target.kill(signal.toString());
            case DUMP_CORE -> target.dumpCore(signal.toString());
            case STOP -> target.stop(true);
            case CONTINUE -> target.stop(false);
            case IGNORE -> {
                // As the name says.
            }
        }
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
