package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.PriEntry;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.paging.Access;

/** Entries of the PRI queue (SMMUv3 reference, 9.3). */
final class PageRequests implements QueueThread.Reader {
    private static final int USUAL = Access.READ | Access.WRITE;

    private final Unit unit;
    private final ThreadedInterrupt interrupt;

    PageRequests(Unit unit) {
        this.unit = unit;
        this.interrupt = new ThreadedInterrupt(unit.site().name() + "-priq");
    }

    ThreadedInterrupt interrupt() {
        return interrupt;
    }

    /** As Linux does without the hypothetical support: each complete group is refused. */
    @Override
    public Call<?> report(long[] words) {
        PriEntry entry = new PriEntry(words[0], words[1]);
        PciDevice device = unit.devices().find(entry.streamId());
        if (entry.stopMarker()) {
            return unit.faults().stopMarker(device, entry.pasid());
        }
        boolean usual = (entry.access() & ~USUAL) == 0;
        return device != null && device.features().priEnabled() && usual
                ? unit.faults().report(request(device, entry))
                : refuse(entry);
    }

    private Call<?> refuse(PriEntry entry) {
        if (!entry.last()) {
            return Call.nothing();
        }
        PageResponse deny = PageResponse.FAILURE;
        Command refusal =
                Command.response(entry.streamId(), entry.pasid(), entry.groupIndex(), deny);
        return unit.commands().post(List.of(refusal));
    }

    private static PageRequest request(PciDevice device, PriEntry entry) {
        return new PageRequest(
                device,
                entry.pasid(),
                entry.page(),
                entry.access(),
                entry.groupIndex(),
                entry.last());
    }

    /** Groups that lost a request can never be completed. */
    @Override
    public void lost() {
        unit.faults().discardPartials();
        unit.faults().resume(false);
    }

    /** Whether the queue holds a request of a device and PASID. */
    boolean holds(Cpu cpu, PciDevice device, int pasid) {
        return unit.pageRequests()
                .contains(cpu, words -> isOf(new PriEntry(words[0], words[1]), device, pasid));
    }

    private static boolean isOf(PriEntry entry, PciDevice device, int pasid) {
        return entry.streamId() == device.requesterId() && entry.pasid() == pasid;
    }
}
