package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Entries of the event queue (SMMUv3 reference, 7). A stalled transaction is a page request group
 * of one request, whose index is the stall tag; other events are only taken note of.
 */
final class Events implements QueueThread.Reader {
    private static final long SSV = 1 << 11;
    private static final long STALL = 1L << 31;
    private static final long PRIVILEGED = 1L << 33;
    private static final long INSTRUCTION = 1L << 34;
    private static final long READ = 1L << 35;
    private static final long PAGE = 4096;

    private final Unit unit;

    Events(Unit unit) {
        this.unit = unit;
    }

    @Override
    public Call<?> report(long[] entry) {
        if ((entry[1] & STALL) == 0) {
            return Call.nothing();
        }
        int streamId = (int) (entry[0] >>> 32);
        int tag = (int) entry[1] & 0xFFFF;
        PciDevice device = unit.devices().find(streamId);
        return device == null || (entry[1] & PRIVILEGED) != 0
                ? unit.commands().post(List.of(Command.abort(streamId, tag)))
                : unit.faults().report(request(device, entry, tag));
    }

    private static PageRequest request(PciDevice device, long[] entry, int tag) {
        int pasid =
                (entry[0] & SSV) == 0
                        ? PasidPrefix.NONE
                        : (int) entry[0] >>> 12 & PasidPrefix.MAX_PASID;
        return new PageRequest(device, pasid, entry[2] & -PAGE, access(entry[1]), tag, true);
    }

    private static int access(long word) {
        int execute = (word & INSTRUCTION) != 0 ? Access.EXECUTE : 0;
        return ((word & READ) != 0 ? Access.READ : Access.WRITE) | execute;
    }

    @Override
    public void lost() {
        // Stall events are never lost, and nothing can be made of the others.
    }
}
