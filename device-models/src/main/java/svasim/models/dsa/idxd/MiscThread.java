package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.config.DsaConfig.HaltReset;
import svasim.models.dsa.layout.EventLogEntry;
import svasim.models.dsa.layout.Register;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * idxd_misc_thread: looks why vector 0 has come. It wakes who waits for a command, leaves entries
 * of the event log to the workers of their queues, and has a halted device set up anew.
 */
final class MiscThread {
    private static final String CAUSE = "read INTCAUSE";

    private static final Procedure<MiscThread> THREAD =
            Procedure.<MiscThread>named("idxd_misc_thread")
                    .sleeping("wait", 100_000, MiscThread::await)
                    .step(CAUSE, 50_000, MiscThread::readCause)
                    .step("look at event log", 50_000, MiscThread::lookAtLog)
                    .sleeping("again", 0, (frame, cpu) -> Next.jump(CAUSE))
                    .build();

    private static final Procedure<MiscThread> LOG =
            Procedure.<MiscThread>named("process_evl_entries")
                    .step("acknowledge", 50_000, MiscThread::acknowledge)
                    .step("process entry", 100_000, MiscThread::processEntry)
                    .build();

    private final DsaDriver driver;
    private final Interruptions events;
    private long cause;

    MiscThread(DsaDriver driver, Interruptions events) {
        this.driver = driver;
        this.events = events;
    }

    Call<?> call() {
        return new Call<>(THREAD, this);
    }

    private Next await(Cpu cpu) {
        return events.misc().await();
    }

    private Next readCause(Cpu cpu) {
        cause = driver.isHalted() ? 0 : driver.registers().read(cpu, Register.INTCAUSE);
        if (cause == 0) {
            return Next.jump("wait");
        }
        driver.registers().write(cpu, Register.INTCAUSE, cause);
        if ((cause & Register.INTCAUSE_COMMAND) != 0) {
            driver.interrupt(cpu.nowPs());
        }
        if ((cause & Register.INTCAUSE_ERROR) != 0) {
            events.errors().increment();
            driver.registers().write(cpu, Register.SWERR, Register.SWERR_CLEAR);
        }
        if ((cause & Register.INTCAUSE_HALT) != 0) {
            halted(driver.registers().read(cpu, Register.GENSTS));
        }
        return Next.ON;
    }

    private void halted(long status) {
        int reset = (int) (status >>> Register.GENSTS_RESET_SHIFT) & 3;
        events.halts().increment();
        if (HaltReset.values()[reset] == HaltReset.SOFTWARE) {
            driver.host().platform().events().add(IdxdProbe.again(driver));
        } else {
            driver.giveUp();
        }
    }

    private Next lookAtLog(Cpu cpu) {
        boolean logged = (cause & Register.INTCAUSE_LOG) != 0;
        return logged ? Next.call(new Call<>(LOG, this)) : Next.ON;
    }

    private Next acknowledge(Cpu cpu) {
        return events.log().begin(cpu, driver.registers()) ? Next.ON : Next.DONE;
    }

    private Next processEntry(Cpu cpu) {
        EventLogEntry entry = events.log().next(cpu, driver.registers());
        if (entry != null) {
            events.logged(entry);
        }
        return events.log().hasNext(cpu, driver.registers()) ? Next.AGAIN : Next.DONE;
    }
}
