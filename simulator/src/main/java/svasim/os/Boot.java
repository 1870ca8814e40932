package svasim.os;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.process.Processes;

/** The init task: probes drivers one after the other, then starts the processes. */
final class Boot {
    private static final Procedure<Boot> BOOT =
            Procedure.<Boot>named("kernel_init")
                    .sleeping("probe drivers", 100_000, Boot::probeNext)
                    .sleeping("start processes", 100_000, Boot::startProcesses)
                    .build();

    private final Iterator<Call<?>> probes;
    private final Processes processes;

    private Boot(List<Call<?>> probes, Processes processes) {
        this.probes = probes.iterator();
        this.processes = processes;
    }

    static Call<?> call(List<Call<?>> probes, Processes processes) {
        return new Call<>(BOOT, new Boot(probes, processes));
    }

    private Next probeNext(Cpu cpu) {
        return probes.hasNext() ? new Next.EnterAgain(probes.next()) : Next.ON;
    }

    private Next startProcesses(Cpu cpu) {
        processes.all().forEach(processes::start);
        return Next.DONE;
    }
}
