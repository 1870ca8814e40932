package svasim.os.iommu.vtd;

import java.util.Set;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.iommu.AttachedDevices;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.IoPageFaults;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.paging.Stage;
import svasim.paging.VtdSecondStage;
import svasim.paging.X86Stage;

/** What the driver knows of one remapping unit: its registers, tables, queues and devices. */
final class Unit {
    /** Domain of every first-stage entry of a process (FLPT_DEFAULT_DID). */
    static final int SVA_DOMAIN = 1;

    private static final int FIRST_DMA_DOMAIN = 2;
    private static final int FIRST_STAGE_LEVELS = 4;
    private static final int ADDRESS_BITS = 52;

    private final UnitSite site;
    private final Registers registers;
    private final IoPageFaults faults;
    private final AttachedDevices<DeviceState> devices = new AttachedDevices<>();
    private Capabilities capabilities;
    private ContextTables contexts;
    private InvalidationQueue queue;
    private PageRequestQueue requests;

    Unit(UnitSite site) {
        this.site = site;
        this.registers = new Registers(new UnitRegisters(site.registerBase()));
        this.faults = site.newFaults();
    }

    /** Reads what the unit can do and allocates tables and queues for it. */
    void allocate(Cpu cpu) {
        capabilities = Capabilities.read(registers, cpu);
        boolean scalable = capabilities.scalableMode();
        contexts = new ContextTables(scalable, site.frames(), site.owner());
        queue = new InvalidationQueue(registers, scalable, site);
        requests = new PageRequestQueue(this);
    }

    UnitSite site() {
        return site;
    }

    Registers registers() {
        return registers;
    }

    IoPageFaults faults() {
        return faults;
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

    AttachedDevices<DeviceState> devices() {
        return devices;
    }

    DeviceState state(PciDevice device) {
        return devices.state(device);
    }

    /** Takes a device in; it gets a domain of its own for the DMA API. */
    DeviceState add(PciDevice device) {
        PasidTables tables =
                capabilities.scalableMode()
                        ? new PasidTables(capabilities.pasidBits(), site.frames(), site.owner())
                        : null;
        DeviceState state = new DeviceState(device, newDomain(), tables);
        devices.add(device, state);
        return state;
    }

    private DmaDomain newDomain() {
        long root = site.frames().allocate(FrameUse.PAGE_TABLE, site.owner());
        Stage stage =
                dmaUsesSecondStage()
                        ? secondStage(root)
                        : new X86Stage(FIRST_STAGE_LEVELS, root, ADDRESS_BITS, Set.of());
        int id = FIRST_DMA_DOMAIN + devices.count();
        return new DmaDomain(id, stage, site.frames(), site.owner());
    }

    /** Whether the DMA API uses the second stage, as it does where the unit has one. */
    boolean dmaUsesSecondStage() {
        return !capabilities.scalableMode() || capabilities.secondStage();
    }

    private Stage secondStage(long root) {
        int levels = capabilities.secondStageLevels();
        Set<VtdSecondStage.Option> options = Set.of(VtdSecondStage.Option.PAGES_2M);
        return new VtdSecondStage(levels, root, 12 + 9 * levels, ADDRESS_BITS, options);
    }
}
