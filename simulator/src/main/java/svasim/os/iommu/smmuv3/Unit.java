package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.memory.FrameUse;
import svasim.os.iommu.ArmTables;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.iommu.RemappingUnit;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;

/** What the driver knows of one SMMU: its registers, tables, queues and devices. */
final class Unit extends RemappingUnit<DeviceState> {
    /** All devices together may not have more requests outstanding than the queue takes. */
    private static final int MOST_PAGE_REQUESTS = 32;

    private static final int LARGEST_QUEUE_LOG2 = 7;
    private static final int EVENT_WORDS = 4;
    private static final int PAGE_REQUEST_WORDS = 2;

    private Capabilities capabilities;
    private StreamTable streams;
    private CommandQueue commands;
    private OutputRing events;
    private OutputRing pageRequests;
    private PageRequests pageRequestReader;
    private Asids asids;
    private boolean takesPageRequests;

    Unit(UnitSite site) {
        super(site);
    }

    /** Reads what the unit can do and allocates tables and queues for it. */
    void allocate(Cpu cpu) {
        capabilities = Capabilities.read(registers(), cpu);
        streams = new StreamTable(capabilities, site());
        commands = new CommandQueue(registers(), capabilities, site());
        int eventLog2 = Math.min(capabilities.eventQueueLog2(), LARGEST_QUEUE_LOG2);
        events =
                new OutputRing(
                        registers(), OutputRing.Place.EVENTS, eventLog2, EVENT_WORDS, site());
        if (capabilities.pageRequests()) {
            int log2 = Math.min(capabilities.pageRequestQueueLog2(), LARGEST_QUEUE_LOG2);
            OutputRing.Place place = OutputRing.Place.PAGE_REQUESTS;
            pageRequests = new OutputRing(registers(), place, log2, PAGE_REQUEST_WORDS, site());
            pageRequestReader = new PageRequests(this);
        }
        asids = new Asids(capabilities.asidBits());
    }

    Capabilities capabilities() {
        return capabilities;
    }

    StreamTable streams() {
        return streams;
    }

    CommandQueue commands() {
        return commands;
    }

    OutputRing events() {
        return events;
    }

    /** Null if the unit takes no page requests. */
    OutputRing pageRequests() {
        return pageRequests;
    }

    PageRequests pageRequestReader() {
        return pageRequestReader;
    }

    Asids asids() {
        return asids;
    }

    /** Hypothetical: Linux never switches page requests on behind an SMMUv3. */
    void enablePageRequests(PciDevice device) {
        PciFeatures features = device.features();
        boolean wanted = site().options().hypothetical() && pageRequests != null;
        boolean answers = !features.pasidEnabled() || features.responsesCarryPasid();
        if (wanted && features.atsEnabled() && features.hasPri() && answers) {
            int share = pageRequests.entries() / devices().count();
            features.enablePri(Math.min(MOST_PAGE_REQUESTS, share));
            takesPageRequests = true;
        }
    }

    /** Whether any device was ever let make page requests. */
    boolean takesPageRequests() {
        return takesPageRequests;
    }

    @Override
    protected boolean passesThrough(PciDevice device) {
        return true;
    }

    @Override
    protected DeviceState newState(PciDevice device) {
        boolean stalls =
                capabilities.stallsAlways()
                        || capabilities.stalls() && device.features().mayStall(capabilities.ats());
        ContextTable contexts =
                capabilities.stage1()
                        ? new ContextTable(contextBits(device), capabilities, site())
                        : null;
        return new DeviceState(device, contexts, stalls);
    }

    private int contextBits(PciDevice device) {
        return Math.min(capabilities.substreamBits(), device.features().pasidWidth());
    }

    /** In stage 1 where the unit has it; its number is an ASID, else a VMID. */
    @Override
    protected DmaDomain newDomain(PciDevice first) {
        long root = site().frames().allocate(FrameUse.PAGE_TABLE, site().owner());
        boolean coherent = capabilities.coherent();
        if (capabilities.stage1()) {
            return new DmaDomain(asids.allocate(), ArmTables.stage1(root, coherent), site());
        }
        int vmid = 1 + first.group().number();
        int outputBits = capabilities.outputBits();
        return new DmaDomain(vmid, ArmTables.stage2(root, outputBits, coherent), site());
    }

    @Override
    protected Call<?> invalidate(IommuGroup group, Block block) {
        return DomainInvalidation.call(this, group, block);
    }
}
