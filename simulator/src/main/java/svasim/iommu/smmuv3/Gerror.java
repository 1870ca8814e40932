package svasim.iommu.smmuv3;

/** Bits of GERROR and GERRORN (6.3.18). */
public final class Gerror {
    public static final int CMDQ_ERR = 1;
    public static final int EVENTQ_ABT_ERR = 1 << 2;
    public static final int PRIQ_ABT_ERR = 1 << 3;
    public static final int MSI_CMDQ_ABT_ERR = 1 << 4;
    public static final int MSI_EVENTQ_ABT_ERR = 1 << 5;
    public static final int MSI_PRIQ_ABT_ERR = 1 << 6;
    public static final int MSI_GERROR_ABT_ERR = 1 << 7;

    /** Every error that is modelled. */
    public static final int ALL =
            CMDQ_ERR
                    | EVENTQ_ABT_ERR
                    | PRIQ_ABT_ERR
                    | MSI_CMDQ_ABT_ERR
                    | MSI_EVENTQ_ABT_ERR
                    | MSI_PRIQ_ABT_ERR
                    | MSI_GERROR_ABT_ERR;

    private Gerror() {}
}
