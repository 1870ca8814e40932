package svasim.models.gpu.local;

import svasim.device.DeviceHost;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.layout.LocalRegister;

/** What the driver tells the local memory by registers. */
public final class LocalRegisters {
    private final MemoryPort port;
    private final CopyEngine copies;
    private long pasid;
    private long address;
    private long pages;
    private long offset;
    private long system;

    public LocalRegisters(
            GpuConfig config, DeviceHost host, LocalMemory memory, MemoryPort memoryPort) {
        port = memoryPort;
        copies = new CopyEngine(config.local(), host, memory, config.computeUnits());
    }

    public void write(int register, long value) {
        switch (register) {
            case LocalRegister.PASID -> pasid = value;
            case LocalRegister.ADDRESS -> address = value;
            case LocalRegister.PAGES -> pages = value;
            case LocalRegister.OFFSET -> offset = value;
            case LocalRegister.SYSTEM -> system = value;
            case LocalRegister.COMMAND -> command(value);
            default -> {}
        }
    }

    public long read(int register) {
        return switch (register) {
            case LocalRegister.USED_STILL -> port.isUsedStill() ? 1 : 0;
            case LocalRegister.COPIES_ENDED -> copies.ended();
            case LocalRegister.COPY_ERRORS -> copies.errors();
            default -> 0;
        };
    }

    public void reset() {
        copies.reset();
        pasid = 0;
        address = 0;
        pages = 0;
        offset = 0;
        system = 0;
    }

    private void command(long command) {
        int process = (int) pasid;
        long page = offset & ~LocalRegister.WRITABLE;
        if (command == LocalRegister.HOLD) {
            port.hold(process, address, pages);
        } else if (command == LocalRegister.LET_GO) {
            port.letGo(process, address, pages);
        } else if (command == LocalRegister.MAP) {
            port.map(process, address, page, (offset & LocalRegister.WRITABLE) != 0);
        } else if (command == LocalRegister.UNMAP) {
            port.unmap(process, address, pages);
        } else if (command == LocalRegister.UNMAP_ALL) {
            port.unmapAll(process);
        } else if (command == LocalRegister.COPY_IN || command == LocalRegister.COPY_OUT) {
            copies.copy(system, page, command == LocalRegister.COPY_IN);
        }
    }
}
