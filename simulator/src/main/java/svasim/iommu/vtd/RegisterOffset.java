package svasim.iommu.vtd;

/** Byte offsets of the registers, by the names of the specification (VT-d 5.10, 11.4). */
public final class RegisterOffset {
    public static final int CAP = 0x08;
    public static final int ECAP = 0x10;
    public static final int GCMD = 0x18;
    public static final int GSTS = 0x1C;
    public static final int RTADDR = 0x20;
    public static final int CCMD = 0x28;
    public static final int FSTS = 0x34;
    public static final int FECTL = 0x38;
    public static final int AFLOG = 0x58;
    public static final int PMEN = 0x64;
    public static final int PLMBASE = 0x68;
    public static final int PLMLIMIT = 0x6C;
    public static final int PHMBASE = 0x70;
    public static final int PHMLIMIT = 0x78;
    public static final int IQH = 0x80;
    public static final int IQT = 0x88;
    public static final int IQA = 0x90;
    public static final int ICS = 0x9C;
    public static final int IECTL = 0xA0;
    public static final int IQERCD = 0xB0;
    public static final int IRTA = 0xB8;
    public static final int PQH = 0xC0;
    public static final int PQT = 0xC8;
    public static final int PQA = 0xD0;
    public static final int PRS = 0xDC;
    public static final int PECTL = 0xE0;
    public static final int VCMD = 0xE00;
    public static final int VCRSP = 0xE10;
    public static final int VCCAP = 0xE30;

    private RegisterOffset() {}
}
