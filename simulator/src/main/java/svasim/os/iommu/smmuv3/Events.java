package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.EventRecord;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;

/**
 * Entries of the event queue (SMMUv3 reference, 7). A stalled transaction is a page request group
 * of one request, whose index is the stall tag; other events are only taken note of.
 */
final class Events implements QueueThread.Reader {
    private final Unit unit;

    Events(Unit unit) {
        this.unit = unit;
    }

    @Override
    public Call<?> report(long[] entry) {
        EventRecord event = new EventRecord(entry[0], entry[1], entry[2], entry[3]);
        if (!event.stalled()) {
            return Call.nothing();
        }
        PciDevice device = unit.devices().find(event.streamId());
        if (device == null || event.privileged()) {
            Command abort = Command.abort(event.streamId(), event.stallTag());
            return unit.commands().post(List.of(abort));
        }
        int tag = event.stallTag();
        return unit.faults()
                .report(
                        new PageRequest(
                                device, event.pasid(), event.page(), event.access(), tag, true));
    }

    @Override
    public void lost() {
        // Stall events are never lost, and nothing can be made of the others.
    }
}
