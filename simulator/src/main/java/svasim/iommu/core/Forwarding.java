package svasim.iommu.core;

/**
 * What software that emulates a unit for a virtual machine does with what the guest invalidates:
 * the unit tells it of each invalidation that it has carried out, and what waits for invalidations
 * waits for this too (VT-d wait descriptor, CMD_SYNC, COMPLETION_WAIT). A unit of hardware has
 * {@link #NONE}, which costs nothing.
 *
 * <p>Requests to devices' caches and answers to page requests are not told here: they leave the
 * unit as TLPs, when the architecture lets them leave after what was told earlier.
 */
public interface Forwarding {
    /** Stands for every requester, PASID, domain or byte. */
    int ALL = -1;

    /** Nobody has to be told. */
    Forwarding NONE =
            new Forwarding() {
                @Override
                public void entries(int requesterId, int pasid) {}

                @Override
                public void translations(Scope scope) {}

                @Override
                public boolean idle() {
                    return true;
                }

                @Override
                public void whenIdle(Runnable goOn) {}
            };

    /**
     * Translations that may have changed. More may be invalidated than it names.
     *
     * @param domain domain, or ASID of an SMMU; {@link #ALL} for every one
     * @param pasid {@link #ALL} for every one, and for requests without PASID
     * @param address first byte of the range; the guest's virtual or device address
     * @param bytes size of the range, {@link #ALL} for everything
     * @param leavesOnly whether no table above a leaf has changed
     */
    record Scope(int domain, int pasid, long address, long bytes, boolean leavesOnly) {
        /** Every translation there is. */
        public static final Scope EVERYTHING = of(Forwarding.ALL, Forwarding.ALL);

        /** All addresses of a PASID of a domain. */
        public static Scope of(int domain, int pasid) {
            return new Scope(domain, pasid, 0, Forwarding.ALL, false);
        }

        /** Pages of an address space; of 2^63 bytes and more everything. */
        public static Scope of(int domain, int pasid, Block block, boolean leavesOnly) {
            return block.isAll()
                    ? of(domain, pasid)
                    : new Scope(
                            domain, pasid, block.start(), block.end() - block.start(), leavesOnly);
        }

        /** Whether it has no bounds. */
        public boolean isWhole() {
            return bytes == Forwarding.ALL;
        }

        /** The same addresses, for whoever knows the address space by other numbers. */
        public Scope with(int otherDomain, int otherPasid) {
            return new Scope(otherDomain, otherPasid, address, bytes, leavesOnly);
        }

        /** Pages to invalidate, at least these. */
        public Block block() {
            return isWhole() ? Block.ALL : Block.covering(address, address + bytes);
        }
    }

    /**
     * Context, PASID, stream, context-descriptor or device-table entries may have changed, or
     * whether the unit translates at all.
     *
     * @param requesterId {@link #ALL} for every one
     * @param pasid {@link #ALL} for every one, and for requests without PASID
     */
    void entries(int requesterId, int pasid);

    /** Translations may have changed. */
    void translations(Scope scope);

    /** Whether everything that was told so far is done. */
    boolean idle();

    /**
     * The unit says once, when it is made, how it goes on.
     *
     * @param goOn called each time when it has become idle
     */
    void whenIdle(Runnable goOn);
}
