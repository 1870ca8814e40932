package svasim.iommu.smmuv2;

/** Bits of sCR0 (reference smmuv2.md 1). */
public final class Scr0 {
    public static final int CLIENTPD = 1;
    public static final int GFRE = 1 << 1;
    public static final int GFIE = 1 << 2;
    public static final int EXIDENABLE = 1 << 3;
    public static final int GCFGFRE = 1 << 4;
    public static final int GCFGFIE = 1 << 5;
    public static final int USFCFG = 1 << 10;
    public static final int VMIDPNE = 1 << 11;
    public static final int PTM = 1 << 12;
    public static final int VMID16EN = 1 << 31;

    private Scr0() {}
}
