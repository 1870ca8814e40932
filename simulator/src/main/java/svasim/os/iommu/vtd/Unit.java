package svasim.os.iommu.vtd;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.cpu.Cpu;
import svasim.memory.Frames;
import svasim.os.iommu.IoPageFaults;
import svasim.os.iommu.PciDevice;
import svasim.os.task.Platform;

/** What the driver knows of one remapping unit: its registers, tables, queues and devices. */
final class Unit {
    /** Domain of every first-stage entry of a process (FLPT_DEFAULT_DID). */
    static final int SVA_DOMAIN = 1;

    private static final int FIRST_DMA_DOMAIN = 2;

    private final int number;
    private final Registers registers;
    private final Platform platform;
    private final IoPageFaults faults;
    private final Map<PciDevice, DeviceState> devices = new LinkedHashMap<>();
    private Capabilities capabilities;
    private ContextTables contexts;
    private InvalidationQueue queue;
    private PageRequestQueue requests;

    Unit(int number, long registerBase, Platform platform, IoPageFaults faults) {
        this.number = number;
        this.registers = new Registers(registerBase);
        this.platform = platform;
        this.faults = faults;
    }

    /** Reads what the unit can do and allocates tables and queues for it. */
    void allocate(Cpu cpu) {
        capabilities = Capabilities.read(registers, cpu);
        boolean scalable = capabilities.scalableMode();
        contexts = new ContextTables(scalable, frames(), owner());
        queue = new InvalidationQueue(registers, scalable, frames(), owner());
        requests = new PageRequestQueue(this);
    }

    /** Owner of the unit's frames; address spaces have positive numbers. */
    int owner() {
        return -1 - number;
    }

    Registers registers() {
        return registers;
    }

    Platform platform() {
        return platform;
    }

    Frames frames() {
        return platform.frames();
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

    /** Takes a device in; it gets a domain of its own for the DMA API. */
    DeviceState add(PciDevice device) {
        DeviceState state = new DeviceState(device, this, FIRST_DMA_DOMAIN + devices.size());
        devices.put(device, state);
        return state;
    }

    DeviceState state(PciDevice device) {
        return devices.get(device);
    }

    /** The device with a requester ID, or null. */
    PciDevice device(int requesterId) {
        for (PciDevice device : devices.keySet()) {
            if (device.requesterId() == requesterId) {
                return device;
            }
        }
        return null;
    }
}
