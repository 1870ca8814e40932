package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.EventRecord;
import svasim.iommu.smmuv3.Features;
import svasim.iommu.smmuv3.IdField;
import svasim.iommu.smmuv3.PriEntry;
import svasim.iommu.smmuv3.RegisterOffset;
import svasim.memory.FrameUse;
import svasim.os.iommu.ArmTables;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.GuestTags;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PageRequestOptions;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.iommu.RemappingUnit;
import svasim.os.iommu.SecondStage;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;

/** What the driver knows of one SMMU: its registers, tables, queues and devices. */
final class Unit extends RemappingUnit<DeviceState> {
    /** All devices together may not have more requests outstanding than the queue takes. */
    private static final int MOST_PAGE_REQUESTS = 32;

    private static final int LARGEST_QUEUE_LOG2 = 7;

    /** Number of a domain that nothing uses: ASIDs begin at 1. */
    private static final int NO_ASID = 0;

    private Features features;
    private StreamTable streams;
    private CommandQueue commands;
    private OutputRing events;
    private OutputRing pageRequests;
    private PageRequests pageRequestReader;
    private Asids asids;
    private boolean takesPageRequests;
    private GuestTags guestTags;

    Unit(UnitSite site) {
        super(site);
    }

    /** Reads what the unit can do and allocates tables and queues for it. */
    void allocate(Cpu cpu) {
        features = readFeatures(cpu);
        streams = new StreamTable(features, site());
        commands = new CommandQueue(registers(), features, site());
        int eventLog2 = Math.min(features.get(IdField.EVENTQS), LARGEST_QUEUE_LOG2);
        events =
                new OutputRing(
                        registers(), OutputRing.Place.EVENTS, eventLog2, EventRecord.BYTES, site());
        if (features.has(IdField.PRI)) {
            int wanted = site().options().pageRequests().log2Entries(1 << LARGEST_QUEUE_LOG2);
            int log2 = Math.min(features.get(IdField.PRIQS), wanted);
            OutputRing.Place place = OutputRing.Place.PAGE_REQUESTS;
            pageRequests = new OutputRing(registers(), place, log2, PriEntry.BYTES, site());
            pageRequestReader = new PageRequests(this);
        }
        asids = new Asids(features.asidBits());
        guestTags = new GuestTags(features.vmidBits(), true);
    }

    @Override
    public GuestTags guestTags() {
        return guestTags;
    }

    /** Log2 of the context descriptors that a device can distinguish. */
    int contextBits(PciDevice device) {
        return Math.min(features.get(IdField.SSIDSIZE), device.features().pasidWidth());
    }

    private Features readFeatures(Cpu cpu) {
        UnitRegisters from = registers();
        return new Features(
                from.read32(cpu, RegisterOffset.IDR0),
                from.read32(cpu, RegisterOffset.IDR1),
                0,
                from.read32(cpu, RegisterOffset.IDR3),
                0,
                from.read32(cpu, RegisterOffset.IDR5));
    }

    Features features() {
        return features;
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
        PciFeatures pci = device.features();
        boolean answers = !pci.pasidEnabled() || pci.responsesCarryPasid();
        if (servesPageRequests() && pci.atsEnabled() && pci.hasPri() && answers) {
            int share = pageRequests.entries() / devices().count();
            PageRequestOptions options = site().options().pageRequests();
            pci.enablePri(options.allocation(Math.min(MOST_PAGE_REQUESTS, share)));
            takesPageRequests = true;
        }
    }

    /** Whether any device was ever let make page requests. */
    private boolean servesPageRequests() {
        return site().options().hypothetical() && pageRequests != null;
    }

    boolean takesPageRequests() {
        return takesPageRequests;
    }

    @Override
    protected boolean takesFaults(PciDevice device) {
        return state(device).stalls() || servesPageRequests() && device.features().hasPri();
    }

    @Override
    protected boolean passesThrough(PciDevice device) {
        return true;
    }

    @Override
    protected DeviceState newState(PciDevice device) {
        boolean stalls =
                features.stallsAlways()
                        || features.stalls()
                                && device.features().mayStall(features.has(IdField.ATS));
        ContextTable contexts =
                features.has(IdField.S1P)
                        ? new ContextTable(contextBits(device), features, site())
                        : null;
        return new DeviceState(device, contexts, stalls);
    }

    /** In stage 1 where the unit has it; its number is an ASID, else a VMID. */
    @Override
    protected DmaDomain newDomain(PciDevice first) {
        long root = site().frames().allocate(FrameUse.PAGE_TABLE, site().owner());
        boolean coherent = features.has(IdField.COHACC);
        if (features.has(IdField.S1P)) {
            return new DmaDomain(newAsid(first), ArmTables.stage1(root, coherent), site());
        }
        int vmid = 1 + first.group().number();
        return new DmaDomain(vmid, stage2(root), site());
    }

    private DmaDomain.Tables stage2(long root) {
        return ArmTables.stage2(root, features.outputBits(), features.has(IdField.COHACC));
    }

    @Override
    protected SecondStage newSecondStage(int id) {
        long root = site().frames().allocate(FrameUse.PAGE_TABLE, site().owner());
        return new SecondStage(id, stage2(root), this);
    }

    @Override
    protected Call<?> invalidate(SecondStage stage, Block block) {
        return StageInvalidation.call(this, stage, block);
    }

    /** A stream that aborts has no ATS, and its unit's caches were flushed with that. */
    @Override
    protected Call<?> forgetGuest(PciDevice device) {
        DeviceState state = state(device);
        state.guest(null);
        state.nested(state.stage()).forEach(state::removeNested);
        return Call.nothing();
    }

    private int newAsid(PciDevice first) {
        if (asids.isAnyFree()) {
            return asids.allocate();
        }
        first.group().block();
        return NO_ASID;
    }

    @Override
    protected Call<?> invalidate(IommuGroup group, Block block) {
        return DomainInvalidation.call(this, group, block);
    }
}
