package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.Bond;
import svasim.units.Picoseconds;

/** Has the card stop, and waits until no access is under way, where that is allowed. */
final class CardStop {
    /** All ones: nobody has answered the read. */
    private static final long GONE = -1;

    private static final long POLL_PS = Picoseconds.PER_MICROSECOND;

    private static final Procedure<CardStop> STOP =
            Procedure.<CardStop>named("dma_bench_stop")
                    .sleeping("stop card", 50_000, CardStop::stop)
                    .sleeping("look whether idle", 20_000, CardStop::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump("look whether idle"))
                    .build();

    private static final Procedure<CardStop> ASK =
            Procedure.<CardStop>named("dma_bench_stop")
                    .step("stop card", 50_000, CardStop::stop)
                    .build();

    private final DmaBenchDriver driver;
    private final Bond bond;

    private CardStop(DmaBenchDriver driver, Bond bond) {
        this.driver = driver;
        this.bond = bond;
    }

    /** On return the card is idle. */
    static Call<?> call(DmaBenchDriver driver) {
        return new Call<>(STOP, new CardStop(driver, null));
    }

    /** The same, by somebody who must not wait for it. */
    static Call<?> ask(DmaBenchDriver driver) {
        return new Call<>(ASK, new CardStop(driver, null));
    }

    /** The address space of a bond ends. */
    static Call<?> onExit(DmaBenchDriver driver, Bond bond, boolean maySleep) {
        return new Call<>(maySleep ? STOP : ASK, new CardStop(driver, bond));
    }

    private Next stop(Cpu cpu) {
        driver.write(cpu, CardRegister.CONTROL, CardRegister.STOP);
        return Next.ON;
    }

    private Next look(Cpu cpu) {
        long busy = driver.read(cpu, CardRegister.BUSY);
        if (busy != 0 && busy != GONE) {
            return Next.sleep(POLL_PS);
        }
        if (bond != null) {
            driver.host().sva().deviceStopped(bond);
        }
        return Next.DONE;
    }
}
