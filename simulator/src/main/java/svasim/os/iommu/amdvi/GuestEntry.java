package svasim.os.iommu.amdvi;

import svasim.iommu.amdvi.DeviceTableEntry;
import svasim.iommu.amdvi.Features;
import svasim.os.iommu.GuestTables;

/**
 * What a guest's device table entry asks for: nothing, what host tables alone give, or its own
 * guest tables. Fields that are not the guest's are left out.
 */
final class GuestEntry {
    /** What becomes of the device's requests. */
    enum Wish {
        ABORT,
        HOST_ONLY,
        NESTED
    }

    private final DeviceTableEntry entry;
    private final Wish wish;

    GuestEntry(GuestTables tables, Features has) {
        this.entry =
                new DeviceTableEntry(
                        tables.word(0), tables.word(1), tables.word(2), tables.word(3));
        this.wish = wish(has);
    }

    /** An entry that is not valid lets pass what the guest takes for physical. */
    private Wish wish(Features has) {
        if (!entry.valid()) {
            return Wish.HOST_ONLY;
        }
        if (!entry.translationValid() || entry.reservedSet() || entry.mode() != 0) {
            return Wish.ABORT;
        }
        if (!entry.guestValid()) {
            return Wish.HOST_ONLY;
        }
        boolean legal = entry.glx() <= has.largestGlx() && entry.guestPagingMode() == 0;
        return legal ? Wish.NESTED : Wish.ABORT;
    }

    Wish wish() {
        return wish;
    }

    DeviceTableEntry entry() {
        return entry;
    }
}
