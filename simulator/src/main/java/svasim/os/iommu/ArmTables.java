package svasim.os.iommu;

import java.util.Set;
import svasim.os.mm.ProcessStage;
import svasim.paging.Granule;
import svasim.paging.Stage;
import svasim.paging.VmsaFormat;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1;
import svasim.paging.VmsaStage1Format;
import svasim.paging.VmsaStage2;
import svasim.paging.VmsaStage2Format;

/** Page tables that drivers of Arm units make for the DMA API: 4 KiB granule, 2 MiB blocks. */
public final class ArmTables {
    /** Input of stage 2: what one table at level 1 translates. */
    public static final int STAGE_2_BITS = 39;

    private static final int STAGE_2_LEVEL = 1;
    private static final int LARGE_PAGE_SHIFT = 21;

    private ArmTables() {}

    /**
     * Stage 1, as processes have it.
     *
     * @param root physical address of the top table
     */
    public static DmaDomain.Tables stage1(long root, boolean coherent) {
        var format = new VmsaStage1Format(Granule.KIB_4, false);
        var sizes =
                VmsaSizes.ofStage1(format, ProcessStage.INPUT_BITS, ProcessStage.VMSA_OUTPUT_BITS);
        return tables(new VmsaStage1(format, sizes, root, Set.of()), coherent);
    }

    /**
     * Stage 2.
     *
     * @param outputBits of the unit
     */
    public static DmaDomain.Tables stage2(long root, int outputBits, boolean coherent) {
        var format = new VmsaStage2Format(Granule.KIB_4, false);
        int bits = Math.min(outputBits, ProcessStage.VMSA_OUTPUT_BITS);
        var sizes = new VmsaSizes(STAGE_2_BITS, VmsaFormat.level(STAGE_2_LEVEL), bits);
        return tables(new VmsaStage2(format, sizes, root, Set.of()), coherent);
    }

    private static DmaDomain.Tables tables(Stage stage, boolean coherent) {
        return new DmaDomain.Tables(stage, LARGE_PAGE_SHIFT, coherent);
    }
}
