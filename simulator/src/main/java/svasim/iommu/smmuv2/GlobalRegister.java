package svasim.iommu.smmuv2;

/** Byte offsets of global registers (reference smmuv2.md 1 and 2). */
public final class GlobalRegister {
    // Of the first page.

    public static final int SCR0 = 0x000;
    static final int SACR = 0x010;
    public static final int ID0 = 0x020;
    public static final int ID1 = 0x024;
    public static final int ID2 = 0x028;
    static final int ID7 = 0x03C;
    public static final int SGFSR = 0x048;
    static final int SGFSYNR0 = 0x050;
    static final int SGFSYNR1 = 0x054;
    static final int SGFSYNR2 = 0x058;
    static final int STLBIALL = 0x060;
    public static final int TLBIVMID = 0x064;
    public static final int TLBIALLNSNH = 0x068;
    public static final int TLBIALLH = 0x06C;
    public static final int TLBGSYNC = 0x070;
    public static final int TLBGSTATUS = 0x074;
    public static final int SMR = 0x800;
    public static final int S2CR = 0xC00;

    // Of the second page.

    public static final int CBAR = 0x000;
    public static final int CBFRSYNRA = 0x400;
    public static final int CBA2R = 0x800;

    private GlobalRegister() {}
}
