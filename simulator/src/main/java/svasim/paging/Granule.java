package svasim.paging;

/** Sizes of tables and smallest pages of VMSAv8-64. */
public enum Granule {
    KIB_4(12),
    KIB_16(14),
    KIB_64(16);

    private final int shift;

    Granule(int shift) {
        this.shift = shift;
    }

    /** log2 of the bytes. */
    public int shift() {
        return shift;
    }
}
