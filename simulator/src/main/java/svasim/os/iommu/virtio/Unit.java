package svasim.os.iommu.virtio;

import java.util.HashMap;
import java.util.Map;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.virtio.Feature;
import svasim.iommu.virtio.RegisterOffset;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.ManagedDevice;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.RemappingUnit;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;

/** What the driver knows of one virtio-iommu: features, queues, domains. */
final class Unit extends RemappingUnit<Unit.Endpoint> {
    static final int REPORT_BYTES = 24;

    private final Map<IommuGroup, MessageDomain> domains = new HashMap<>();
    private int features;
    private int probeBytes;
    private VirtQueue requests;
    private VirtQueue events;

    /** What the driver keeps for one device. */
    static final class Endpoint extends ManagedDevice {
        Endpoint(PciDevice device) {
            super(device);
        }
    }

    Unit(UnitSite site) {
        super(site);
    }

    /** Features and configuration are agreed upon: makes the queues. */
    void allocate(Cpu cpu, int agreed) {
        features = agreed;
        probeBytes = has(Feature.PROBE) ? registers().read32(cpu, RegisterOffset.PROBE_SIZE) : 0;
        int answer = probeBytes + Message.TAIL + Long.BYTES - 1 & -Long.BYTES;
        requests = queue(cpu, 0, Message.LONGEST, answer);
        events = queue(cpu, 1, 0, REPORT_BYTES);
    }

    private VirtQueue queue(Cpu cpu, int number, int readable, int writable) {
        registers().write32(cpu, RegisterOffset.QUEUE_SEL, number);
        int maximum = registers().read32(cpu, RegisterOffset.QUEUE_NUM_MAX);
        return new VirtQueue(site(), registers(), number, maximum, readable, writable);
    }

    boolean isProbed() {
        return requests != null;
    }

    boolean has(Feature feature) {
        return feature.in(features);
    }

    int probeBytes() {
        return probeBytes;
    }

    VirtQueue requests() {
        return requests;
    }

    VirtQueue events() {
        return events;
    }

    MessageDomain domain(IommuGroup group) {
        return domains.get(group);
    }

    @Override
    protected boolean takesFaults(PciDevice device) {
        return false;
    }

    @Override
    protected boolean passesThrough(PciDevice device) {
        return has(Feature.BYPASS_CONFIG);
    }

    @Override
    protected Endpoint newState(PciDevice device) {
        return new Endpoint(device);
    }

    @Override
    protected DmaDomain newDomain(PciDevice first) {
        MessageDomain domain = new MessageDomain(1 + first.group().number());
        domains.put(first.group(), domain);
        return new DmaDomain(domain.id(), domain, site());
    }

    /** A mapping is there only when the device has answered its message. */
    @Override
    protected boolean cachesMissingEntries() {
        return true;
    }

    /** viommu_sync_req: whatever of the domain the device has not been told. */
    @Override
    protected Call<?> invalidate(IommuGroup group, Block block) {
        return new Submission(requests, domain(group).takePending()).call();
    }
}
