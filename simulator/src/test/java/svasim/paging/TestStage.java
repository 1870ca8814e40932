package svasim.paging;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Every format, in several sizes, as tests for all of them use it. */
enum TestStage {
    X86_4_LEVEL(root -> x86(4, root)),
    X86_5_LEVEL(root -> x86(5, root)),
    VTD_SECOND_39(root -> vtd(3, root)),
    VTD_SECOND_48(root -> vtd(4, root)),
    VTD_SECOND_57(root -> vtd(5, root)),
    STAGE_1_4K_48(root -> stage1(Granule.KIB_4, 48, root)),
    STAGE_1_4K_38(root -> stage1(Granule.KIB_4, 38, root)),
    STAGE_1_4K_UPPER(root -> stage1(Granule.KIB_4, 39, root, VmsaStage1.Option.UPPER_HALF)),
    STAGE_1_4K_52(root -> wide(Granule.KIB_4, root)),
    STAGE_1_16K_47(root -> stage1(Granule.KIB_16, 47, root)),
    STAGE_1_16K_52(root -> wide(Granule.KIB_16, root)),
    STAGE_1_64K_42(root -> stage1(Granule.KIB_64, 42, root)),
    STAGE_1_64K_52(root -> wide(Granule.KIB_64, root)),
    STAGE_2_4K_40(root -> stage2(Granule.KIB_4, new VmsaSizes(40, 3, 48), root)),
    STAGE_2_4K_48(root -> stage2(Granule.KIB_4, new VmsaSizes(48, 4, 48), root)),
    STAGE_2_16K_40(root -> stage2(Granule.KIB_16, new VmsaSizes(40, 2, 48), root)),
    STAGE_2_64K_42(root -> stage2(Granule.KIB_64, new VmsaSizes(42, 2, 48), root)),
    AMD_HOST_21(root -> amdHost(1, root)),
    AMD_HOST_39(root -> amdHost(3, root)),
    AMD_HOST_48(root -> amdHost(4, root)),
    AMD_HOST_57(root -> amdHost(5, root));

    private static final int KINDS = Access.READ | Access.WRITE | Access.EXECUTE;

    private final LongFunction<Stage> maker;

    TestStage(LongFunction<Stage> maker) {
        this.maker = maker;
    }

    private static Stage x86(int levels, long root) {
        return new X86Stage(
                levels, root, 52, EnumSet.complementOf(EnumSet.of(X86Stage.Option.NO_UPDATES)));
    }

    private static Stage vtd(int levels, long root) {
        var options =
                EnumSet.complementOf(
                        EnumSet.of(
                                VtdSecondStage.Option.NO_UPDATES,
                                VtdSecondStage.Option.IO_PERMISSIONS));
        return new VtdSecondStage(levels, root, 57, 52, options);
    }

    private static Stage stage1(
            Granule granule, int inputBits, long root, VmsaStage1.Option... options) {
        var format = new VmsaStage1Format(granule, false);
        var sizes = VmsaSizes.ofStage1(format, inputBits, 48);
        return new VmsaStage1(format, sizes, root, Set.of(options));
    }

    private static Stage wide(Granule granule, long root) {
        var format = new VmsaStage1Format(granule, true);
        return new VmsaStage1(format, VmsaSizes.ofStage1(format, 52, 52), root, Set.of());
    }

    private static Stage stage2(Granule granule, VmsaSizes sizes, long root) {
        return new VmsaStage2(new VmsaStage2Format(granule, false), sizes, root, Set.of());
    }

    private static Stage amdHost(int levels, long root) {
        var options = Set.of(AmdHostStage.Option.values());
        return new AmdHostStage(levels, root, Access.READ | Access.WRITE, options);
    }

    Stage at(long root) {
        return maker.apply(root);
    }

    /** First input address of the half that the stage translates. */
    static long firstInput(Stage stage) {
        long bytes = 1L << stage.inputBits();
        return stage.inputFault(0, Access.READ) == null ? 0 : -bytes;
    }

    static int[] pageShifts(Stage stage) {
        StageFormat format = stage.format();
        return IntStream.range(format.granuleShift(), stage.inputBits())
                .filter(shift -> format.levelOfLeaf(shift) != 0)
                .toArray();
    }

    boolean isSecond() {
        return name().startsWith("VTD_SECOND")
                || name().startsWith("STAGE_2")
                || name().startsWith("AMD_HOST");
    }

    /** Walks a lone stage of this kind. */
    TableWalk walk(TestTables tables, Stage stage, long input, int access) {
        return isSecond()
                ? tables.walk(input, access, null, stage)
                : tables.walk(input, access, stage, null);
    }

    /** What the format can express of an access. */
    int expressible(int access) {
        if (!isSecond()) {
            return access | Access.READ;
        }
        int kinds = access & KINDS;
        boolean executeControlled = name().startsWith("STAGE_2");
        return !executeControlled ? kinds | Access.EXECUTE : kinds;
    }
}
