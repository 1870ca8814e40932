package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.RegisterOffset;
import svasim.iommu.vtd.VirtualCommand;
import svasim.memory.FrameUse;
import svasim.os.defect.Defect;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.GuestSpace;
import svasim.os.iommu.GuestTags;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.RemappingUnit;
import svasim.os.iommu.SecondStage;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.paging.Stage;
import svasim.paging.VtdSecondStage;
import svasim.paging.X86Stage;

/** What the driver knows of one remapping unit: its registers, tables, queues and devices. */
final class Unit extends RemappingUnit<DeviceState> {
    /** Domain of every first-stage entry of a process (FLPT_DEFAULT_DID). */
    static final int SVA_DOMAIN = 1;

    private static final int FIRST_DMA_DOMAIN = 2;
    private static final int FIRST_STAGE_LEVELS = 4;
    private static final int ADDRESS_BITS = 52;
    private static final int PAGE_SHIFT = 12;
    private static final int LARGE_PAGE_SHIFT = 21;

    private Capabilities capabilities;
    private GuestTags guestTags;
    private ContextTables contexts;
    private InvalidationQueue queue;
    private PageRequestQueue requests;
    private VirtualCommandPort commands;

    /** Null unless a bug lets devices share it. */
    private PasidTables commonTables;

    /** Devices that are gone, and whose tags are not. */
    private final List<DeviceState> leftTags = new ArrayList<>();

    Unit(UnitSite site) {
        super(site);
    }

    /** Reads what the unit can do and allocates tables and queues for it. */
    void allocate(Cpu cpu) {
        capabilities = Capabilities.read(registers(), cpu);
        boolean scalable = capabilities.scalableMode();
        contexts = new ContextTables(scalable, site().frames(), site().owner(), writeBack());
        contexts.writeBack(cpu);
        queue = new InvalidationQueue(registers(), scalable, site(), this::answers);
        requests = new PageRequestQueue(this);
        guestTags = new GuestTags(capabilities.domainBits(), false);
        if (capabilities.virtualCommands()
                && (registers().read64(cpu, RegisterOffset.VCCAP) & VirtualCommand.PASIDS) != 0) {
            commands = new VirtualCommandPort(registers(), site().name());
        }
    }

    /** Null unless the unit is emulated and its host gives the PASIDs. */
    VirtualCommandPort commands() {
        return commands;
    }

    @Override
    public GuestTags guestTags() {
        return guestTags;
    }

    /** Domain that an entry's translations are tagged with, as long as it has one. */
    int domain(PasidEntry entry) {
        return entry.space() instanceof GuestSpace guest
                ? guestTags.of(entry.device().group(), guest.stage())
                : SVA_DOMAIN;
    }

    /** Whether somebody with a requester ID is there to complete an invalidation. */
    private boolean answers(int requesterId) {
        PciDevice device = devices().find(requesterId);
        return device != null && device.answers();
    }

    /** Has the unit see what was stored to its tables. */
    WriteBack writeBack() {
        return new WriteBack(!capabilities.walksAreCoherent());
    }

    Capabilities capabilities() {
        return capabilities;
    }

    ContextTables contexts() {
        return contexts;
    }

    InvalidationQueue queue() {
        return queue;
    }

    PageRequestQueue requests() {
        return requests;
    }

    @Override
    protected boolean takesFaults(PciDevice device) {
        return device.features().priEnabled();
    }

    @Override
    protected boolean passesThrough(PciDevice device) {
        return capabilities.passThrough();
    }

    /** The kind of domain that stands for another one which the unit lacks. */
    DomainType possible(DomainType wanted) {
        return wanted == DomainType.IDENTITY && !capabilities.passThrough()
                ? DomainType.DMA
                : wanted;
    }

    @Override
    protected DeviceState newState(PciDevice device) {
        return new DeviceState(device, capabilities.scalableMode() ? pasidTables() : null);
    }

    /** A table of its own for each device. */
    private PasidTables pasidTables() {
        if (commonTables != null) {
            return commonTables;
        }
        PasidTables tables = new PasidTables(capabilities.pasidBits(), site(), writeBack());
        commonTables = site().has(Defect.I_72) ? tables : null;
        return tables;
    }

    @Override
    protected DmaDomain newDomain(PciDevice first) {
        int id = FIRST_DMA_DOMAIN + first.group().number();
        return new DmaDomain(id, newTables(), site());
    }

    private DmaDomain.Tables newTables() {
        long root = site().frames().allocate(FrameUse.PAGE_TABLE, site().owner());
        Stage stage = dmaUsesSecondStage() ? secondStage(root) : firstStage(root);
        return new DmaDomain.Tables(stage, largestPageShift(), capabilities.walksAreCoherent());
    }

    /** In a unit that nests the tables of the DMA API are of the second stage. */
    @Override
    protected SecondStage newSecondStage(int id) {
        return new SecondStage(id, newTables(), this);
    }

    @Override
    protected Call<?> invalidate(SecondStage stage, Block block) {
        return StageInvalidation.call(this, stage, block);
    }

    /** Adds what removes translations from a device. */
    void addFlush(List<Descriptor> descriptors, DeviceState state, Descriptor deviceTlb) {
        state.addFlush(descriptors, deviceTlb, site().platform().defects());
    }

    /** Only of second-stage tables: what is not there in a first stage is never remembered. */
    @Override
    protected boolean cachesMissingEntries() {
        return capabilities.cachingMode() && dmaUsesSecondStage();
    }

    @Override
    protected Call<?> invalidate(IommuGroup group, Block block) {
        return DomainInvalidation.call(this, group, block);
    }

    /** Whether the DMA API uses the second stage, as it does where the unit has one. */
    boolean dmaUsesSecondStage() {
        return !capabilities.scalableMode() || capabilities.secondStage();
    }

    /** First-stage tables always have pages of 2 MiB. */
    private int largestPageShift() {
        boolean large = !dmaUsesSecondStage() || capabilities.largeSecondStagePages();
        return large ? LARGE_PAGE_SHIFT : PAGE_SHIFT;
    }

    private static Stage firstStage(long root) {
        return new X86Stage(FIRST_STAGE_LEVELS, root, ADDRESS_BITS, Set.of());
    }

    private Stage secondStage(long root) {
        int levels = capabilities.secondStageLevels();
        Set<VtdSecondStage.Option> options =
                capabilities.largeSecondStagePages()
                        ? Set.of(VtdSecondStage.Option.PAGES_2M)
                        : Set.of();
        return new VtdSecondStage(levels, root, 12 + 9 * levels, ADDRESS_BITS, options);
    }

    /** Devices of a group that invalidations of its domain go to: cache tags of the domain. */
    List<DeviceState> tagged(IommuGroup group) {
        List<DeviceState> tagged = new ArrayList<>();
        for (PciDevice device : group.devices()) {
            DeviceState state = state(device);
            if (state != null && state.hasAtc()) {
                tagged.add(state);
            }
        }
        leftTags.stream().filter(left -> left.device().group() == group).forEach(tagged::add);
        return tagged;
    }

    /** The device goes, and its tag stays. */
    void leaveTag(DeviceState state) {
        leftTags.add(state);
    }
}
