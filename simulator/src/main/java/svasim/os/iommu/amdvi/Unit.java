package svasim.os.iommu.amdvi;

import java.util.Set;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.iommu.AttachedDevices;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.IoPageFaults;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.paging.Access;
import svasim.paging.AmdHostStage;
import svasim.paging.Stage;
import svasim.paging.X86Stage;

/** What the driver knows of one AMD IOMMU: its registers, tables, rings and devices. */
final class Unit {
    /** Levels of host tables, for 39 bits of input. */
    static final int HOST_LEVELS = 3;

    private static final int GUEST_LEVELS = 4;
    private static final int GUEST_ADDRESS_BITS = 52;
    private static final int FIRST_DOMAIN = 1;

    private final UnitSite site;
    private final UnitRegisters registers;
    private final IoPageFaults faults;
    private final AttachedDevices<DeviceState> devices = new AttachedDevices<>();
    private Capabilities capabilities;
    private DeviceTable table;
    private CommandBuffer commands;
    private LogRing events;
    private LogRing pageRequests;

    Unit(UnitSite site) {
        this.site = site;
        this.registers = new UnitRegisters(site.registerBase());
        this.faults = site.newFaults();
    }

    /** Reads what the unit can do and allocates tables and rings for it. */
    void allocate(Cpu cpu) {
        capabilities = Capabilities.read(registers, cpu);
        table = new DeviceTable(site);
        commands = new CommandBuffer(registers, site);
        events = new LogRing(registers, LogRing.Kind.EVENTS, site);
        if (capabilities.pageRequests()) {
            pageRequests = new LogRing(registers, LogRing.Kind.PAGE_REQUESTS, site);
        }
    }

    UnitSite site() {
        return site;
    }

    UnitRegisters registers() {
        return registers;
    }

    IoPageFaults faults() {
        return faults;
    }

    Capabilities capabilities() {
        return capabilities;
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

    /** Null if the unit takes no page requests. */
    LogRing pageRequests() {
        return pageRequests;
    }

    AttachedDevices<DeviceState> devices() {
        return devices;
    }

    DeviceState state(PciDevice device) {
        return devices.state(device);
    }

    /** First PASID that is too large for the unit or the device. */
    int pasidBits(PciFeatures device) {
        int tables = capabilities.guestRootLevels() * 9;
        int unit = Math.min(tables, capabilities.pasidBits());
        return Math.min(unit, device.pasidWidth());
    }

    /** Takes a device in; it gets a domain of its own. */
    DeviceState add(PciDevice device) {
        boolean guest = wantsGuestTables(device.features());
        long root = site.frames().allocate(FrameUse.PAGE_TABLE, site.owner());
        int id = FIRST_DOMAIN + devices.count();
        var domain = new DmaDomain(id, stage(guest, root), site.frames(), site.owner());
        GuestRoots roots = guest ? new GuestRoots(pasidBits(device.features()), site) : null;
        DeviceState state = new DeviceState(device, domain, roots);
        devices.add(device, state);
        return state;
    }

    /** Host tables would stand below those of a process, so that it could not be bound. */
    private boolean wantsGuestTables(PciFeatures features) {
        return features.hasPasid()
                && features.prefixesPass()
                && capabilities.guestTranslation()
                && capabilities.guestTablesWithoutPasid();
    }

    private static Stage stage(boolean guest, long root) {
        return guest
                ? new X86Stage(GUEST_LEVELS, root, GUEST_ADDRESS_BITS, Set.of())
                : new AmdHostStage(HOST_LEVELS, root, Access.READ | Access.WRITE, Set.of());
    }
}
