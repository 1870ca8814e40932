package svasim.os.process;

import java.util.Comparator;
import svasim.cpu.Cpu;
import svasim.os.mm.Mm;
import svasim.os.mm.Reap;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * out_of_memory: kills the process that has most memory, with all that share it, and has a worker
 * take its private memory away (oom_reaper) without waiting for its threads.
 */
final class OomKill {
    private static final Procedure<OomKill> KILL =
            Procedure.<OomKill>named("out_of_memory")
                    .sleeping("select_bad_process", 1_000_000, OomKill::select)
                    .sleeping("__oom_kill_process", 500_000, OomKill::kill)
                    .sleeping("wait", 1_000_000, OomKill::pause)
                    .build();

    private static final Procedure<OomKill> REAPER =
            Procedure.<OomKill>named("oom_reaper")
                    .sleeping("oom_reap_task", 100_000, OomKill::reap)
                    .sleeping("mmdrop", 50_000, OomKill::drop)
                    .build();

    private static final long WAIT_PS = 1_000_000_000L;

    private final Processes processes;
    private Process victim;
    private Node reaper;

    private OomKill(Processes processes) {
        this.processes = processes;
    }

    static Call<?> call(Processes processes) {
        return new Call<>(KILL, new OomKill(processes));
    }

    /** Nobody is killed while an earlier victim is on its way out. */
    private Next select(Cpu cpu) {
        boolean dying = processes.all().stream().anyMatch(p -> p.isKilled() && hasMemory(p));
        if (dying) {
            return Next.jump("wait");
        }
        victim =
                processes.all().stream()
                        .filter(process -> !process.hasEnded() && hasMemory(process))
                        .max(Comparator.comparingLong(process -> process.mm().residentBytes()))
                        .orElse(null);
        return victim == null ? Next.DONE : Next.ON;
    }

    private static boolean hasMemory(Process process) {
        return process.mm().life() == Mm.Life.ALIVE;
    }

    private Next kill(Cpu cpu) {
        processes.all().stream()
                .filter(process -> process.mm() == victim.mm())
                .forEach(process -> process.kill("SIGKILL (out of memory)"));
        var platform = victim.services().platform();
        reaper = platform.references().node("oom_reaper");
        victim.mm().grab(reaper);
        platform.events().add(new Call<>(REAPER, this));
        return Next.ON;
    }

    private Next pause(Cpu cpu) {
        return Next.sleep(WAIT_PS);
    }

    private Next reap(Cpu cpu) {
        return Next.call(Reap.call(victim.mm()));
    }

    private Next drop(Cpu cpu) {
        return Next.call(victim.mm().drop(reaper));
    }
}
