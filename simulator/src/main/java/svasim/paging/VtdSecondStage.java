package svasim.paging;

import java.util.Set;

/**
 * Second stage of VT-d, in legacy and in scalable mode (reference vtd.md, 4.2).
 *
 * <p>Not modelled: memory types.
 */
public final class VtdSecondStage extends Stage {
    /** What a PASID entry or a capability adds. */
    public enum Option {
        /** Hardware sets A and D: SSADE. Otherwise it ignores them. */
        ACCESSED_DIRTY,
        /** Walks do not snoop, so that no bit may be set: PWSNP=0 in a PASID entry. */
        NO_UPDATES,
        /** Bits 61 and 62 permit what bits 0 and 1 permit otherwise: revision 5.10. */
        IO_PERMISSIONS,
        /** SS-PDEs may be leaves: CAP.SSLPS bit 34. Otherwise their bit 7 is reserved. */
        PAGES_2M,
        /** SS-PDPEs may be leaves: CAP.SSLPS bit 35. Otherwise their bit 7 is reserved. */
        PAGES_1G,
        /** Leaves have SNP: ECAP.SC. Otherwise it is reserved. */
        SNOOP,
        /** Write permission is enough for a zero-length read: CAP.ZLR. */
        ZERO_LENGTH_BY_WRITE,
        /** Bit 62 is ignored, as TM was with ECAP.DT=1 before revision 5. Otherwise reserved. */
        BIT_62_IGNORED
    }

    private static final int PAGE_SHIFT = 12;
    private static final int INDEX_BITS = 9;

    private final long[] tableReserved = new long[VtdSecondFormat.INSTANCE.topLevel() + 1];
    private final long[] leafReserved = new long[VtdSecondFormat.INSTANCE.topLevel() + 1];
    private final boolean accessedDirty;
    private final boolean zeroLengthByWrite;
    private final boolean mayUpdate;
    private final boolean ioPermissions;
    private final int guestBits;

    /**
     * @param levels 3, 4 or 5, for inputs of 39, 48 or 57 bits
     * @param root address of the first table
     * @param guestBits further limit of the input, CAP.MGAW + 1; has no effect if the levels allow
     *     less
     * @param addressBits host address width; address bits from there to 51 are reserved
     */
    public VtdSecondStage(
            int levels, long root, int guestBits, int addressBits, Set<Option> options) {
        super(VtdSecondFormat.INSTANCE, root, levels, PAGE_SHIFT + INDEX_BITS * levels);
        this.guestBits = Math.min(guestBits, inputBits());
        accessedDirty = options.contains(Option.ACCESSED_DIRTY);
        zeroLengthByWrite = options.contains(Option.ZERO_LENGTH_BY_WRITE);
        mayUpdate = !options.contains(Option.NO_UPDATES);
        ioPermissions = options.contains(Option.IO_PERMISSIONS);
        reserve(addressBits, options);
    }

    private void reserve(int addressBits, Set<Option> options) {
        long always = (1L << VtdSecondFormat.ADDRESS_BITS) - (1L << addressBits);
        if (!options.contains(Option.BIT_62_IGNORED) && !ioPermissions) {
            always |= VtdSecondFormat.IO_WRITE;
        }
        long snoop = options.contains(Option.SNOOP) ? 0 : VtdSecondFormat.SNOOP;
        for (int level = 1; level < tableReserved.length; level++) {
            boolean large =
                    level == 2 && options.contains(Option.PAGES_2M)
                            || level == 3 && options.contains(Option.PAGES_1G);
            long pageSize = large || level == 1 ? 0 : VtdSecondFormat.PAGE_SIZE;
            long low = large ? (1L << format().shift(level)) - (1L << PAGE_SHIFT) : 0;
            tableReserved[level] = always | pageSize | VtdSecondFormat.SNOOP;
            leafReserved[level] = always | pageSize | snoop | low;
        }
    }

    @Override
    WalkFault inputFault(long input, int access) {
        return input >>> guestBits == 0 ? null : WalkFault.INPUT_RANGE;
    }

    @Override
    WalkFault entryFault(long entry, int level) {
        if (!format().present(seen(entry), level)) {
            return WalkFault.NOT_PRESENT;
        }
        long reserved = format().leaf(entry, level) ? leafReserved[level] : tableReserved[level];
        return (entry & reserved) == 0 ? null : WalkFault.RESERVED_BIT;
    }

    @Override
    int rights(long entry, boolean leaf) {
        return format().rights(seen(entry), leaf);
    }

    /** The entry with the permissions that count in their usual place. */
    private long seen(long entry) {
        return ioPermissions ? entry & ~3L | entry >>> VtdSecondFormat.IO_READ_SHIFT & 3 : entry;
    }

    @Override
    boolean mayUpdate() {
        return mayUpdate;
    }

    @Override
    boolean zeroLengthByWrite() {
        return zeroLengthByWrite;
    }

    @Override
    long accessed(long entry, boolean leaf) {
        return accessedDirty ? entry | VtdSecondFormat.ACCESSED : entry;
    }

    @Override
    long dirtied(long leaf) {
        return accessedDirty ? leaf | VtdSecondFormat.DIRTY : leaf;
    }
}
