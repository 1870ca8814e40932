package svasim.os.iommu;

import java.util.Iterator;
import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** iopf_queue_remove_device: forgets incomplete groups, answers the pending ones as invalid. */
final class RemoveDevice {
    private static final Procedure<RemoveDevice> REMOVE =
            Procedure.<RemoveDevice>named("iopf_queue_remove_device")
                    .sleeping("take groups", 20_000, RemoveDevice::take)
                    .sleeping("answer pending groups", 20_000, RemoveDevice::answerNext)
                    .build();

    private final IoPageFaults faults;
    private final PciDevice device;
    private Iterator<PageGroup> pending;

    private RemoveDevice(IoPageFaults faults, PciDevice device) {
        this.faults = faults;
        this.device = device;
    }

    static Call<?> call(IoPageFaults faults, PciDevice device) {
        return new Call<>(REMOVE, new RemoveDevice(faults, device));
    }

    private Next take(Cpu cpu) {
        pending = faults.takeAll(device).iterator();
        return Next.ON;
    }

    private Next answerNext(Cpu cpu) {
        return pending.hasNext()
                ? new Next.EnterAgain(
                        device.iommu().respond(pending.next(), PageResponse.INVALID_REQUEST))
                : Next.DONE;
    }
}
