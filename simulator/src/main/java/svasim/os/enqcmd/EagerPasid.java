package svasim.os.enqcmd;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import svasim.cpu.Core;
import svasim.cpu.Cpu;
import svasim.cpu.CrossCall;
import svasim.cpu.Ia32Pasid;
import svasim.os.defect.Defect;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;
import svasim.os.task.Task;

/**
 * Gives every thread of an address space its PASID at once, as was done before the fix-up by #GP
 * (life of a PASID, 5): an interrupt to each core that runs one, and a change of the saved state of
 * the others. Who runs where may change meanwhile, so that each thread is looked at again when the
 * interrupt arrives.
 */
public final class EagerPasid {
    private static final long POLL_PS = 50_000;

    private static final Procedure<EagerPasid> LOAD =
            Procedure.<EagerPasid>named("load_pasid")
                    .sleeping("find threads of mm", 100_000, EagerPasid::findThreads)
                    .sleeping("update next thread", 60_000, EagerPasid::updateNext)
                    .step("wait for the other cores", POLL_PS, EagerPasid::awaitCores)
                    .build();

    private final Mm mm;
    private final Platform platform;
    private final List<CrossCall> calls = new ArrayList<>();

    /** How each thread was found; what has become of it since, only the bug does not ask. */
    private Iterator<Found> threads;

    private record Found(Task task, boolean running) {}

    private EagerPasid(Mm mm, Platform platform) {
        this.mm = mm;
        this.platform = platform;
    }

    /** Of an address space that has a number. */
    public static Call<?> load(Mm mm, Platform platform) {
        return new Call<>(LOAD, new EagerPasid(mm, platform));
    }

    private Next findThreads(Cpu cpu) {
        threads =
                platform.scheduler().tasks().stream()
                        .filter(task -> task.space() == mm.id())
                        .map(task -> new Found(task, isRunning(task)))
                        .toList()
                        .iterator();
        return Next.ON;
    }

    private static boolean isRunning(Task task) {
        return task.state() == Task.State.RUNNING;
    }

    private Next updateNext(Cpu cpu) {
        if (!threads.hasNext()) {
            return Next.ON;
        }
        Found found = threads.next();
        Task task = found.task();
        task.pasidActivated(true);
        if (task == platform.scheduler().current()) {
            cpu.pasidRegister(register());
        } else if (careless() ? found.running() : isRunning(task)) {
            interrupt(task);
        } else {
            task.extendedState().pasid(register());
        }
        return Next.AGAIN;
    }

    private void interrupt(Task task) {
        calls.add(platform.cores().call(task.core(), core -> arrived(task, core)));
    }

    /** The thread may have left the core, or have gone to another one. */
    private void arrived(Task task, Core core) {
        boolean there = isRunning(task) && task.core() == core.number();
        if (there || careless()) {
            core.pasidRegister(register());
        } else if (isRunning(task)) {
            interrupt(task);
        } else {
            task.extendedState().pasid(register());
        }
    }

    private Next awaitCores(Cpu cpu) {
        return calls.stream().allMatch(CrossCall::isDone) ? Next.DONE : Next.AGAIN;
    }

    private long register() {
        return Ia32Pasid.of(mm.pasid());
    }

    private boolean careless() {
        return platform.defects().has(Defect.S61);
    }
}
