package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;

/**
 * Has the device finish before a reset, and gives it its queues again behind, with the PASIDs of
 * those that use them. Commands of others wait until that is done.
 */
final class IdxdReset implements ErrorHandlers {
    private static final Procedure<IdxdReset> PREPARE =
            Procedure.<IdxdReset>named("idxd_reset_prepare")
                    .sleeping("hold up commands", 20_000, IdxdReset::begin)
                    .sleeping("disable device", 50_000, IdxdReset::disable)
                    .build();

    private static final Procedure<IdxdReset> DONE =
            Procedure.<IdxdReset>named("idxd_reset_done")
                    .sleeping("restore configuration", 50_000, IdxdReset::restore)
                    .sleeping("let commands go on", 20_000, IdxdReset::end)
                    .build();

    /** Nothing may be asked of the device, so that nothing is. */
    private static final Procedure<IdxdReset> FAILED =
            Procedure.<IdxdReset>named("idxd_error_detected")
                    .sleeping("give up command", 20_000, IdxdReset::fail)
                    .build();

    private static final Procedure<IdxdReset> RESTORE =
            Procedure.<IdxdReset>named("idxd_slot_reset")
                    .sleeping("restore configuration", 50_000, IdxdReset::restore)
                    .build();

    private static final Procedure<IdxdReset> RESUME =
            Procedure.<IdxdReset>named("idxd_resume")
                    .sleeping("let commands go on", 20_000, IdxdReset::end)
                    .build();

    private final DsaDriver driver;
    private final WaitQueue over;
    private boolean active;
    private boolean failed;

    IdxdReset(DsaDriver driver) {
        this.driver = driver;
        this.over = new WaitQueue("reset of " + driver.name());
    }

    @Override
    public Call<?> resetPrepare() {
        return new Call<>(PREPARE, this);
    }

    @Override
    public Call<?> resetDone() {
        return new Call<>(DONE, this);
    }

    @Override
    public Call<?> errorDetected() {
        return new Call<>(FAILED, this);
    }

    @Override
    public Call<?> slotReset() {
        return new Call<>(RESTORE, this);
    }

    @Override
    public Call<?> resume() {
        return new Call<>(RESUME, this);
    }

    /** Waits as long as the device is not to be used. */
    Next awaitEnd() {
        return active ? Next.await(over) : Next.ON;
    }

    /** Whether a command that was given before has no end. */
    boolean hasFailed() {
        return failed;
    }

    private Next begin(Cpu cpu) {
        active = true;
        return Next.ON;
    }

    /** All work ends before; queues take none any more. */
    private Next disable(Cpu cpu) {
        return Next.call(new IdxdCommand(driver, Command.DISABLE_DEVICE, 0).ofReset().call());
    }

    private Next fail(Cpu cpu) {
        active = true;
        failed = true;
        driver.giveUpCommand();
        return Next.DONE;
    }

    private Next restore(Cpu cpu) {
        failed = false;
        return Next.call(IdxdProbe.restore(driver));
    }

    private Next end(Cpu cpu) {
        active = false;
        over.wakeAll();
        return Next.DONE;
    }
}
