package svasim.os.pci;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import svasim.cpu.Cpu;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.RootErrorCapability;

/**
 * aer_isr: finds out who has reported an error, writes it into the log, clears it, and after a
 * fatal one resets the bus behind the port, since nothing there can be trusted any more.
 */
final class AerThread {
    private static final String WAIT = "wait for interrupt";
    private static final int ID_MASK = 0xFFFF;

    private static final Procedure<AerThread> THREAD =
            Procedure.<AerThread>named("aer_isr")
                    .sleeping(WAIT, 100_000, AerThread::awaitInterrupt)
                    .sleeping("read root error status", 500_000, AerThread::readRoot)
                    .sleeping("aer_print_error", 2_000_000, AerThread::readSource)
                    .sleeping("clear error status", 500_000, AerThread::clear)
                    .sleeping("pcie_do_recovery", 100_000, AerThread::recover)
                    .sleeping("report_frozen_detected", 20_000, AerThread::reportDetected)
                    .sleeping("reset next device", 100_000, AerThread::resetNext)
                    .sleeping("report_slot_reset", 20_000, AerThread::reportReset)
                    .sleeping("report_resume", 20_000, AerThread::reportResume)
                    .sleeping("look again", 50_000, AerThread::lookAgain)
                    .build();

    private final PortDriver driver;
    private final PciePort port;
    private final ThreadedInterrupt interrupt;
    private int root;
    private ErrorSeverity severity;
    private ConfigurationSpace source;
    private List<PciDevice> failed = List.of();
    private Iterator<PciDevice> resetting;

    private AerThread(PortDriver driver, ThreadedInterrupt interrupt) {
        this.driver = driver;
        this.port = driver.port();
        this.interrupt = interrupt;
    }

    static Call<?> call(PortDriver driver, ThreadedInterrupt interrupt) {
        return new Call<>(THREAD, new AerThread(driver, interrupt));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return interrupt.await();
    }

    private Next readRoot(Cpu cpu) {
        int status = driver.aer() + RootErrorCapability.STATUS;
        root = port.space().read(status, Integer.BYTES);
        int sources = port.space().read(driver.aer() + RootErrorCapability.SOURCE, Integer.BYTES);
        port.space().write(status, Integer.BYTES, root);
        boolean uncorrectable = (root & RootErrorCapability.UNCORRECTABLE) != 0;
        boolean fatal = (root & RootErrorCapability.FATAL) != 0;
        severity =
                fatal
                        ? ErrorSeverity.FATAL
                        : uncorrectable ? ErrorSeverity.NONFATAL : ErrorSeverity.CORRECTABLE;
        source = space((uncorrectable ? sources >>> Short.SIZE : sources) & ID_MASK);
        return root == 0 ? Next.jump(WAIT) : Next.ON;
    }

    /** A function that is not known has nobody who could be asked. */
    private ConfigurationSpace space(int requesterId) {
        ConfigurationSpace known = port.spaces().apply(requesterId);
        return known == null ? port.space() : known;
    }

    private Next readSource(Cpu cpu) {
        driver.log(severity, ErrorStatus.read(source));
        return Next.ON;
    }

    private Next clear(Cpu cpu) {
        ErrorStatus.clear(source);
        return Next.ON;
    }

    /** A port whose device is gone has nothing behind it that a reset could mend. */
    private Next recover(Cpu cpu) {
        boolean reset = severity == ErrorSeverity.FATAL && source.isReachable();
        List<PciDevice> devices = reset ? port.behind().get() : List.of();
        failed =
                devices.stream()
                        .filter(PciDevice::answers)
                        .filter(device -> device.iommu() != null)
                        .toList();
        resetting = failed.iterator();
        return failed.isEmpty() ? Next.jump("look again") : Next.ON;
    }

    private Next reportDetected(Cpu cpu) {
        return tell(ErrorHandlers::errorDetected);
    }

    private Next resetNext(Cpu cpu) {
        return resetting.hasNext() ? new Next.EnterAgain(driver.reset(resetting.next())) : Next.ON;
    }

    private Next reportReset(Cpu cpu) {
        return tell(ErrorHandlers::slotReset);
    }

    private Next reportResume(Cpu cpu) {
        return tell(ErrorHandlers::resume);
    }

    /** Calls the driver of each device in turn. */
    private Next tell(Function<ErrorHandlers, Call<?>> what) {
        return Next.call(
                Call.sequence(
                        failed.stream()
                                .<Call<?>>map(device -> what.apply(device.errorHandlers()))
                                .toList()));
    }

    private Next lookAgain(Cpu cpu) {
        return Next.jump("read root error status");
    }
}
