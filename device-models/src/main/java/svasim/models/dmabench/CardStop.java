package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.units.Picoseconds;

/** Has the card stop, and waits until no access is under way, where that is allowed. */
final class CardStop {
    private static final long POLL_PS = Picoseconds.PER_MICROSECOND;

    private static final Procedure<DmaBenchDriver> STOP =
            Procedure.<DmaBenchDriver>named("dma_bench_stop")
                    .sleeping("stop card", 50_000, CardStop::stop)
                    .sleeping("look whether idle", 20_000, CardStop::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump("look whether idle"))
                    .build();

    private static final Procedure<DmaBenchDriver> ASK =
            Procedure.<DmaBenchDriver>named("dma_bench_stop")
                    .step("stop card", 50_000, CardStop::stop)
                    .build();

    private CardStop() {}

    static Call<?> call(DmaBenchDriver driver, boolean maySleep) {
        return new Call<>(maySleep ? STOP : ASK, driver);
    }

    private static Next stop(DmaBenchDriver driver, Cpu cpu) {
        driver.write(cpu, CardRegister.CONTROL, CardRegister.STOP);
        return Next.ON;
    }

    private static Next look(DmaBenchDriver driver, Cpu cpu) {
        boolean busy = driver.read(cpu, CardRegister.BUSY) != 0;
        return busy ? Next.sleep(POLL_PS) : Next.DONE;
    }
}
