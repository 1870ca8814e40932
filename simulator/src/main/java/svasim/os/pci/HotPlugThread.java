package svasim.os.pci;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * pciehp_ist: a link has gone down without warning. What was behind it is gone: that is noted
 * first, so that nobody waits for it any more, and then each device is removed.
 */
final class HotPlugThread {
    private static final String WAIT = "wait for interrupt";

    private static final Procedure<HotPlugThread> THREAD =
            Procedure.<HotPlugThread>named("pciehp_ist")
                    .sleeping(WAIT, 100_000, HotPlugThread::awaitInterrupt)
                    .sleeping("read slot status", 500_000, HotPlugThread::readStatus)
                    .step("pci_dev_set_disconnected", 50_000, HotPlugThread::disconnect)
                    .sleeping("remove next device", 100_000, HotPlugThread::removeNext)
                    .sleeping("look again", 50_000, (frame, cpu) -> Next.jump(WAIT))
                    .build();

    private final PortDriver driver;
    private final ThreadedInterrupt interrupt;
    private Iterator<PciDevice> removing;

    private HotPlugThread(PortDriver driver, ThreadedInterrupt interrupt) {
        this.driver = driver;
        this.interrupt = interrupt;
    }

    static Call<?> call(PortDriver driver, ThreadedInterrupt interrupt) {
        return new Call<>(THREAD, new HotPlugThread(driver, interrupt));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return interrupt.await();
    }

    private Next readStatus(Cpu cpu) {
        driver.acknowledgeSlot();
        return Next.ON;
    }

    private Next disconnect(Cpu cpu) {
        List<PciDevice> gone =
                driver.port().behind().get().stream()
                        .filter(device -> !device.answers() && !device.isDisconnected())
                        .toList();
        gone.forEach(PciDevice::disconnected);
        removing = gone.iterator();
        return Next.ON;
    }

    private Next removeNext(Cpu cpu) {
        while (removing.hasNext()) {
            Call<?> removal = driver.removal(removing.next());
            if (removal != null) {
                return new Next.EnterAgain(removal);
            }
        }
        return Next.ON;
    }
}
