package svasim.iommu.vtd;

import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.VirtualCommands;

/**
 * VCMD, VCRSP and VCCAP: one command at a time, begun by the write of its low half and carried out
 * by the software that emulates the unit; a write while one runs is ignored.
 */
final class VirtualCommandRegisters implements RegisterBlock {
    private static final int END = RegisterOffset.VCCAP + Long.BYTES;

    private final VirtualCommands software;
    private final Register64 command = new Register64(-1L);
    private final Register64 response = new Register64(0);
    private final Register64 capability = new Register64(0);

    /**
     * @param software null if nobody carries commands out
     */
    VirtualCommandRegisters(VirtualCommands software) {
        this.software = software;
        capability.value(software == null ? 0 : VirtualCommand.PASIDS);
    }

    @Override
    public boolean has(int offset) {
        return software != null && offset >= RegisterOffset.VCMD && offset < END;
    }

    @Override
    public int read(int offset) {
        return switch (offset & -Long.BYTES) {
            case RegisterOffset.VCMD -> command.half(offset);
            case RegisterOffset.VCRSP -> response.half(offset);
            case RegisterOffset.VCCAP -> capability.half(offset);
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int value) {
        boolean ofCommand = (offset & -Long.BYTES) == RegisterOffset.VCMD;
        if (!ofCommand || VirtualCommand.isRunning(response.value())) {
            return;
        }
        command.half(offset, value);
        if (offset == RegisterOffset.VCMD) {
            start();
        }
    }

    /** The operand is there when the command begins. */
    @Override
    public void writeLong(int offset, long value) {
        write(offset + Integer.BYTES, (int) (value >>> Integer.SIZE));
        write(offset, (int) value);
    }

    private void start() {
        response.value(VirtualCommand.running());
        switch (VirtualCommand.command(command.value())) {
            case VirtualCommand.ALLOCATE -> software.allocate(this::ended);
            case VirtualCommand.FREE ->
                    software.free(VirtualCommand.operand(command.value()), this::ended);
            default -> response.value(VirtualCommand.response(VirtualCommand.UNDEFINED, 0));
        }
    }

    private void ended(int pasid) {
        boolean refused = pasid == VirtualCommands.NONE;
        response.value(
                refused
                        ? VirtualCommand.response(VirtualCommand.REFUSED, 0)
                        : VirtualCommand.response(VirtualCommand.SUCCESS, pasid));
    }
}
