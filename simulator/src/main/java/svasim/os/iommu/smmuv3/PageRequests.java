package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/** Entries of the PRI queue (SMMUv3 reference, 9.3). */
final class PageRequests implements QueueThread.Reader {
    private static final long PRIVILEGED = 1L << 58;
    private static final long EXECUTE = 1L << 59;
    private static final int ACCESS_SHIFT = 60;
    private static final long LAST = 1L << 62;
    private static final long SSV = 1L << 63;
    private static final int INDEX_MASK = 0x1FF;
    private static final long PAGE = 4096;

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
    public Call<?> report(long[] entry) {
        if (isStopMarker(entry)) {
            return Call.nothing();
        }
        PciDevice device = unit.devices().find((int) entry[0]);
        boolean usual = (entry[0] & (PRIVILEGED | EXECUTE)) == 0;
        return device != null && device.features().priEnabled() && usual
                ? unit.faults().report(request(device, entry))
                : refuse(entry);
    }

    private Call<?> refuse(long[] entry) {
        if ((entry[0] & LAST) == 0) {
            return Call.nothing();
        }
        int index = (int) entry[1] & INDEX_MASK;
        PageResponse deny = PageResponse.FAILURE;
        Command refusal = Command.response((int) entry[0], pasid(entry), index, deny);
        return unit.commands().post(List.of(refusal));
    }

    private static PageRequest request(PciDevice device, long[] entry) {
        int index = (int) entry[1] & INDEX_MASK;
        boolean last = (entry[0] & LAST) != 0;
        return new PageRequest(device, pasid(entry), entry[1] & -PAGE, access(entry), index, last);
    }

    private static boolean isStopMarker(long[] entry) {
        return (entry[0] & LAST) != 0 && (entry[0] & SSV) != 0 && access(entry) == 0;
    }

    private static int access(long[] entry) {
        return (int) (entry[0] >>> ACCESS_SHIFT) & (Access.READ | Access.WRITE);
    }

    private static int pasid(long[] entry) {
        return (entry[0] & SSV) == 0
                ? PasidPrefix.NONE
                : (int) (entry[0] >>> 32) & PasidPrefix.MAX_PASID;
    }

    /** Groups that lost a request can never be completed. */
    @Override
    public void lost() {
        unit.faults().discardPartials();
    }

    /** Whether the queue holds a request of a device and PASID. */
    boolean holds(Cpu cpu, PciDevice device, int pasid) {
        return unit.pageRequests()
                .contains(
                        cpu,
                        entry -> (int) entry[0] == device.requesterId() && pasid(entry) == pasid);
    }
}
