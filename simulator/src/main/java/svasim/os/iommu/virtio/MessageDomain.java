package svasim.os.iommu.virtio;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.virtio.Message.Mapping;

/**
 * The mappings of a domain, as the driver remembers them, and the requests that the device has not
 * been sent yet. The device forgets a domain whose last endpoint leaves.
 */
final class MessageDomain implements DmaDomain.Messages {
    private final int id;
    private final TreeMap<Long, Mapping> mappings = new TreeMap<>();
    private List<Message> pending = new ArrayList<>();

    MessageDomain(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    @Override
    public void map(long iova, long physical, int pageShift) {
        Mapping mapping = new Mapping(iova, physical, 1L << pageShift);
        mappings.put(iova, mapping);
        pending.add(Message.map(id, mapping));
    }

    @Override
    public void unmap(long iova, long bytes) {
        mappings.subMap(iova, iova + bytes).clear();
        pending.add(Message.unmap(id, iova, bytes));
    }

    /** What the device has not been told, in order; it counts as told now. */
    List<Message> takePending() {
        List<Message> taken = pending;
        pending = new ArrayList<>();
        return taken;
    }

    /** viommu_replay_mappings: everything, for a device that knows the domain no more. */
    List<Message> replay() {
        pending.clear();
        return mappings.values().stream().map(mapping -> Message.map(id, mapping)).toList();
    }
}
