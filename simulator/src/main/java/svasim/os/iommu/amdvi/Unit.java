package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import svasim.cpu.Cpu;
import svasim.iommu.amdvi.Command;
import svasim.iommu.amdvi.Features;
import svasim.iommu.amdvi.GuestRootEntry;
import svasim.iommu.amdvi.RegisterOffset;
import svasim.iommu.amdvi.RingBase;
import svasim.iommu.core.Block;
import svasim.memory.FrameUse;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.GuestTags;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.iommu.RemappingUnit;
import svasim.os.iommu.SecondStage;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.paging.Access;
import svasim.paging.AmdHostStage;
import svasim.paging.Stage;
import svasim.paging.X86Stage;
import svasim.pcie.tlp.PasidPrefix;

/** What the driver knows of one AMD IOMMU: its registers, tables, rings and devices. */
final class Unit extends RemappingUnit<DeviceState> {
    /** Levels of host tables, for 39 bits of input. */
    static final int HOST_LEVELS = 3;

    private static final int GUEST_LEVELS = 4;
    private static final int GUEST_ADDRESS_BITS = 52;
    private static final int FIRST_DOMAIN = 1;
    private static final int DOMAIN_BITS = 16;

    private Features features;
    private DeviceTable table;
    private CommandBuffer commands;
    private LogRing events;
    private LogRing pageRequests;

    private final GuestTags guestTags = new GuestTags(DOMAIN_BITS, false);
    private boolean untaggedRequests;

    Unit(UnitSite site) {
        super(site);
    }

    /** Reads what the unit can do and allocates tables and rings for it. */
    void allocate(Cpu cpu) {
        features =
                Features.of(
                        registers().read64(cpu, RegisterOffset.EXTENDED_FEATURE),
                        registers().read64(cpu, RegisterOffset.EXTENDED_FEATURE_2));
        table = new DeviceTable(site());
        commands = new CommandBuffer(registers(), site());
        events = new LogRing(registers(), LogRing.Kind.EVENTS, LogRing.USUAL_LOG2, site());
        if (features.has("PPRSup")) {
            int wanted = site().options().pageRequests().log2Entries(1 << LogRing.USUAL_LOG2);
            int log2 = Math.max(wanted, RingBase.LEAST_LENGTH);
            pageRequests = new LogRing(registers(), LogRing.Kind.PAGE_REQUESTS, log2, site());
        }
    }

    Features features() {
        return features;
    }

    DeviceTable table() {
        return table;
    }

    CommandBuffer commands() {
        return commands;
    }

    LogRing events() {
        return events;
    }

    /** A page request without PASID was served, as no driver of Linux does. */
    void tookUntaggedRequest() {
        untaggedRequests = true;
    }

    boolean hasUntaggedRequests() {
        return untaggedRequests;
    }

    /** Null if the unit takes no page requests. */
    LogRing pageRequests() {
        return pageRequests;
    }

    /** First PASID that is too large for the unit or the device. */
    int pasidBits(PciFeatures device) {
        int tables = (features.largestGlx() + 1) * GuestRootEntry.INDEX_BITS;
        int unit = Math.min(tables, features.pasidBits());
        return Math.min(unit, device.pasidWidth());
    }

    @Override
    protected boolean takesFaults(PciDevice device) {
        return device.features().priEnabled();
    }

    /** A virtual unit has no host tables: those are the hypervisor's. */
    @Override
    protected boolean translatesDma() {
        return features().hostLevels() > 0;
    }

    @Override
    protected boolean passesThrough(PciDevice device) {
        return true;
    }

    @Override
    protected DeviceState newState(PciDevice device) {
        boolean guest = wantsGuestTables(device.features());
        return new DeviceState(
                device, guest ? new GuestRoots(pasidBits(device.features()), site()) : null);
    }

    @Override
    protected DmaDomain newDomain(PciDevice first) {
        long root = site().frames().allocate(FrameUse.PAGE_TABLE, site().owner());
        int id = FIRST_DOMAIN + first.group().number();
        Stage stage = stage(wantsGuestTables(first.features()), root);
        return new DmaDomain(id, DmaDomain.Tables.of(stage), site());
    }

    @Override
    public GuestTags guestTags() {
        return guestTags;
    }

    @Override
    protected SecondStage newSecondStage(int id) {
        long root = site().frames().allocate(FrameUse.PAGE_TABLE, site().owner());
        return new SecondStage(id, DmaDomain.Tables.of(stage(false, root)), this);
    }

    @Override
    protected Call<?> invalidate(SecondStage stage, Block block) {
        return StageInvalidation.call(this, stage, block);
    }

    /** The entry of a blocked device was flushed with the domain; its own cache is left. */
    @Override
    protected Call<?> forgetGuest(PciDevice device) {
        DeviceState state = state(device);
        Call<?> flush = GuestInvalidation.wholeDevice(this, state, Block.ALL);
        state.guest(null);
        state.nested(state.stage()).forEach(state::removeNested);
        return flush;
    }

    /** The unit's pages, then those of each device. */
    @Override
    protected Call<?> invalidate(IommuGroup group, Block block) {
        List<Command> flush = new ArrayList<>();
        flush.add(state(group.devices().get(0)).flushDomain(block));
        for (PciDevice device : group.devices()) {
            if (state(device) != null) {
                flush.addAll(state(device).flushDevice(PasidPrefix.NONE, block));
            }
        }
        return commands.submit(flush);
    }

    /** Host tables would stand below those of a process, so that it could not be bound. */
    private boolean wantsGuestTables(PciFeatures device) {
        return device.hasPasid()
                && device.pasidReachesUnit()
                && features.has("GTSup")
                && features.has("GIoSup");
    }

    private static Stage stage(boolean guest, long root) {
        return guest
                ? new X86Stage(GUEST_LEVELS, root, GUEST_ADDRESS_BITS, Set.of())
                : new AmdHostStage(HOST_LEVELS, root, Access.READ | Access.WRITE, Set.of());
    }
}
