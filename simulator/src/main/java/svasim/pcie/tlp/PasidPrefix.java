package svasim.pcie.tlp;

/**
 * End-end TLP prefix that names an address space of the requester.
 *
 * @param pasid 0 to 2^20 - 1
 * @param privileged PMR: asked by privileged software
 * @param execute ER: execute permission is wanted
 */
public record PasidPrefix(int pasid, boolean privileged, boolean execute) {
    /** Stands for "no PASID" where a number is carried instead of a prefix; not PASID 0. */
    public static final int NONE = -1;

    public static final int MAX_PASID = (1 << 20) - 1;

    public PasidPrefix {
        if (pasid < 0 || pasid > MAX_PASID) {
            throw new IllegalArgumentException("PASID " + pasid);
        }
    }

    public PasidPrefix(int pasid) {
        this(pasid, false, false);
    }

    /** Number of the prefix, {@link #NONE} for null. */
    public static int number(PasidPrefix prefix) {
        return prefix == null ? NONE : prefix.pasid;
    }
}
