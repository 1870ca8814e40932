package svasim.os.file;

import svasim.os.mm.Mm;
import svasim.os.mm.VmaOperations;

/** A mapping of device memory that a program asks for, filled in by the driver. */
public final class DeviceMapping {
    private static final long NONE = -1;

    private final Mm mm;
    private final long bytes;
    private long physical = NONE;
    private VmaOperations operations = VmaOperations.NONE;
    private String refusal;

    public DeviceMapping(Mm mm, long bytes) {
        this.mm = mm;
        this.bytes = bytes;
    }

    /** The address space that maps, for comparison with the opener's. */
    public Mm mm() {
        return mm;
    }

    public long bytes() {
        return bytes;
    }

    /** The driver: maps device memory at this physical address, a multiple of 4 KiB. */
    public void at(long physicalAddress) {
        physical = physicalAddress;
    }

    /** The driver: wants to be told of changes of the mapping. */
    public void operations(VmaOperations driver) {
        operations = driver;
    }

    public VmaOperations operations() {
        return operations;
    }

    /** The driver: does not allow it, for this reason. */
    public void refuse(String reason) {
        refusal = reason;
    }

    public boolean isGranted() {
        return refusal == null && physical != NONE;
    }

    public long physical() {
        return physical;
    }

    /** Why the mapping was refused, or null. */
    public String refusal() {
        return refusal;
    }
}
