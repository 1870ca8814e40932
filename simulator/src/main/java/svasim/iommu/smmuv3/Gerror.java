package svasim.iommu.smmuv3;

/** Bits of GERROR and GERRORN (6.3.18). */
final class Gerror {
    static final long CMDQ_ERR = 1;
    static final long EVENTQ_ABT_ERR = 1 << 2;
    static final long PRIQ_ABT_ERR = 1 << 3;
    static final long MSI_CMDQ_ABT_ERR = 1 << 4;
    static final long MSI_EVENTQ_ABT_ERR = 1 << 5;
    static final long MSI_PRIQ_ABT_ERR = 1 << 6;
    static final long MSI_GERROR_ABT_ERR = 1 << 7;

    /** Every error that is modelled. */
    static final long ALL =
            CMDQ_ERR
                    | EVENTQ_ABT_ERR
                    | PRIQ_ABT_ERR
                    | MSI_CMDQ_ABT_ERR
                    | MSI_EVENTQ_ABT_ERR
                    | MSI_PRIQ_ABT_ERR
                    | MSI_GERROR_ABT_ERR;

    private Gerror() {}
}
