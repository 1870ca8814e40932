package svasim.os.iommu.smmuv2;

import java.util.HashMap;
import java.util.Map;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv2.Features;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.memory.FrameUse;
import svasim.os.iommu.ArmTables;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.RemappingUnit;
import svasim.os.iommu.UnitSite;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;

/** What the driver knows of one SMMU: its registers, context banks, streams and devices. */
final class Unit extends RemappingUnit<DeviceState> {
    /** Number of a domain for which no bank is in use. */
    private static final int NO_BANK = -1;

    private final Map<AddressSpace, SharedContext> processes = new HashMap<>();
    private Features features;
    private RegisterSpace space;
    private ContextBanks banks;
    private StreamGroups streams;
    private FaultInterrupts interrupts;
    private boolean everShared;

    Unit(UnitSite site) {
        super(site);
    }

    /** arm_smmu_device_cfg_probe: reads what the unit can do. */
    void discover(Cpu cpu) {
        features = readFeatures(cpu);
        space = new RegisterSpace(registers(), features);
        banks = new ContextBanks(features);
        streams = new StreamGroups(features, space);
        interrupts = new FaultInterrupts(this);
    }

    /** Null if the unit has not been probed. */
    private Features readFeatures(Cpu cpu) {
        return Features.of(
                registers().read32(cpu, GlobalRegister.ID0),
                registers().read32(cpu, GlobalRegister.ID1),
                registers().read32(cpu, GlobalRegister.ID2));
    }

    Features features() {
        return features;
    }

    RegisterSpace space() {
        return space;
    }

    ContextBanks banks() {
        return banks;
    }

    StreamGroups streams() {
        return streams;
    }

    @Override
    protected boolean takesFaults(PciDevice device) {
        return true;
    }

    @Override
    protected boolean passesThrough(PciDevice device) {
        return true;
    }

    @Override
    protected DeviceState newState(PciDevice device) {
        int bits = features.streamBits(features.extendedStreams());
        int streamId = device.requesterId() & (1 << bits) - 1;
        return new DeviceState(device, streamId, streams.take(streamId));
    }

    /** In stage 1 where the unit has it; its number is that of its context bank. */
    @Override
    protected DmaDomain newDomain(PciDevice first) {
        long root = site().frames().allocate(FrameUse.PAGE_TABLE, site().owner());
        boolean coherent = features.coherent();
        DmaDomain.Tables tables =
                features.stage1()
                        ? ArmTables.stage1(root, coherent)
                        : ArmTables.stage2(root, features.outputBits(), coherent);
        ContextBank bank = first.group().defaultDomain().isTranslated() ? takeBank() : null;
        int number = bank == null ? NO_BANK : bank.number();
        return new DmaDomain(number, tables, site());
    }

    private ContextBank takeBank() {
        return features.stage1() ? banks.takeStage1() : banks.takeStage2();
    }

    /** The context bank of a group's default domain, or null if it has none. */
    ContextBank bank(IommuGroup group) {
        int number = state(group.devices().get(0)).domain().id();
        return number == NO_BANK ? null : banks.get(number);
    }

    @Override
    protected Call<?> invalidate(IommuGroup group, Block block) {
        return DomainInvalidation.call(this, group, block);
    }

    /**
     * arm_smmu_master_install_s2crs: the context bank of the process that has the device, or what
     * the device is attached to. A domain without a bank faults.
     */
    void showStream(Cpu cpu, DeviceState state) {
        if (!state.isMapped()) {
            return;
        }
        boolean blocked = state.attached() == DomainType.BLOCKED;
        ContextBank bank = state.isShared() ? sharedBank(state) : bank(state.device().group());
        if (state.attached() == DomainType.IDENTITY && !state.isShared()) {
            streams.bypass(cpu, state);
        } else if (blocked || bank == null) {
            streams.block(cpu, state);
        } else {
            streams.translate(cpu, state, bank);
        }
    }

    private ContextBank sharedBank(DeviceState state) {
        return process(state.bound().space()).bank();
    }

    FaultInterrupts interrupts() {
        return interrupts;
    }

    /** The context of a process, or null. */
    SharedContext process(AddressSpace mm) {
        return processes.get(mm);
    }

    void add(AddressSpace mm, SharedContext context) {
        processes.put(mm, context);
        everShared = true;
    }

    void remove(AddressSpace mm) {
        processes.remove(mm);
    }

    /** Context banks that processes have or could have. */
    int banksForProcesses() {
        return processes.size() + banks.freeStage1();
    }

    /** Whether a process has ever had a context bank. */
    boolean hasEverShared() {
        return everShared;
    }

    /** The device that a stream is of, or null. */
    PciDevice device(int streamId) {
        return devices().find(device -> state(device).streamId() == streamId);
    }
}
