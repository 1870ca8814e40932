package svasim.models.dsa.device;

import java.util.Arrays;
import svasim.models.dsa.layout.Register;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Interrupt handles, which descriptors name their interrupt with: software asks for one for an
 * entry of the MSI-X table. Whose descriptors may use an entry its permission says. Handles are
 * never revoked, and there are none for interrupts that are stored elsewhere (IMS).
 */
final class InterruptHandles {
    /** Result of {@link #request} when it is refused. */
    static final int REFUSED = -1;

    private static final int FREE = -1;
    private static final int IGNORE = 1 << 2;
    private static final int PASID_ENABLE = 1 << 3;
    private static final int PASID_SHIFT = 12;

    private final Interrupts interrupts;

    /** Entry of the table, by handle. */
    private final int[] entries = new int[MsixTable.ENTRIES];

    private final int[] permissions = new int[MsixTable.ENTRIES];

    InterruptHandles(Interrupts interrupts) {
        this.interrupts = interrupts;
        reset();
    }

    void reset() {
        Arrays.fill(entries, FREE);
        Arrays.fill(permissions, 0);
    }

    int permission(int entry) {
        return permissions[entry];
    }

    void permission(int entry, int value) {
        permissions[entry] = value;
    }

    /** Whether an operand names an entry for descriptors. */
    static boolean isEntry(int operand) {
        return operand > 0 && operand < MsixTable.ENTRIES;
    }

    /** A handle for an entry of the table, or {@link #REFUSED} if none is left. */
    int request(int entry) {
        for (int handle = 0; handle < entries.length; handle++) {
            if (entries[handle] == FREE) {
                entries[handle] = entry;
                return handle;
            }
        }
        return REFUSED;
    }

    /**
     * @return false if there is no such handle
     */
    boolean release(int handle) {
        boolean known = isHandle(handle);
        if (known) {
            entries[handle] = FREE;
        }
        return known;
    }

    /** Whether a descriptor may have an interrupt by the handle that it names. */
    boolean permits(Work work) {
        int handle = work.descriptor().interruptHandle();
        if (!isHandle(handle)) {
            return false;
        }
        int permission = permissions[entries[handle]];
        if ((permission & IGNORE) != 0) {
            return true;
        }
        boolean wanted = (permission & PASID_ENABLE) != 0;
        boolean has = work.pasid() != PasidPrefix.NONE;
        return wanted == has && (!has || permission >>> PASID_SHIFT == work.pasid());
    }

    /** The interrupt that a descriptor has asked for. */
    void signal(int handle) {
        if (isHandle(handle)) {
            interrupts.signal(entries[handle]);
        }
    }

    private boolean isHandle(int handle) {
        return handle >= 0 && handle < entries.length && entries[handle] != FREE;
    }

    /** Offset of the permission of an entry in BAR0. */
    static int permissionOffset(int entry) {
        return Register.MSIX_PERMISSIONS + entry * Long.BYTES;
    }
}
