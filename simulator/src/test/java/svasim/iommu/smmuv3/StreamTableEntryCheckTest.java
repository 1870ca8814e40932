package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each condition under which a stream table entry is ILLEGAL, alone. */
class StreamTableEntryCheckTest {
    private static final TableWords STAGE_1 = TableWords.stage1(0x300_0000, 6);
    private static final TableWords STAGE_2 = TableWords.stage2(0x400_0000);
    private static final TableWords NESTED = TableWords.nested(0x300_0000, 6, 0x400_0000);

    /** A legal entry on a unit with these features, and what makes it illegal. */
    record Condition(
            String text,
            Map<String, Long> features,
            TableWords legal,
            UnaryOperator<TableWords> change) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static Condition words(
            String text, TableWords legal, UnaryOperator<TableWords> change) {
        return new Condition(text, Map.of(), legal, change);
    }

    private static Condition with(
            String text,
            String feature,
            long value,
            TableWords legal,
            UnaryOperator<TableWords> change) {
        return new Condition(text, Map.of(feature, value), legal, change);
    }

    private static boolean illegal(Map<String, Long> features, TableWords words) {
        Features decoded = SmmuConfig.defaults().withFeatures(features).decoded();
        return new StreamTableEntryCheck(decoded).illegal(words.entry());
    }

    static List<Condition> general() {
        return List.of(
                words("V=0", STAGE_1, w -> w.bit(0, 0, false)),
                words("S1 EATS=2 without stage 2", STAGE_1, w -> w.with(1, 29, 28, 2)),
                words("S2 EATS=2 without stage 1", STAGE_2, w -> w.with(1, 29, 28, 2)),
                words("EATS=2 with S2S", NESTED.with(1, 29, 28, 2), w -> w.bit(2, 57, true)),
                words("EATS=1 with S2S", NESTED, w -> w.bit(2, 57, true)),
                words("EATS=3 with S2S", NESTED.with(1, 29, 28, 3), w -> w.bit(2, 57, true)),
                with("EATS=2 with NS1ATS", "IDR0.NS1ATS", 1, NESTED, w -> w.with(1, 29, 28, 2)),
                with("VMID of 16 bits", "IDR0.VMID16", 0, STAGE_2, w -> w.with(2, 15, 0, 0x100)),
                with(
                        "VMID of 16 bits at stage 1",
                        "IDR0.VMID16",
                        0,
                        STAGE_1,
                        w -> w.with(2, 15, 0, 0x100)));
    }

    static List<Condition> stage1() {
        return List.of(
                words("STRW=1", STAGE_1, w -> w.with(1, 31, 30, 1)),
                words("STRW=3", STAGE_1, w -> w.with(1, 31, 30, 3)),
                with(
                        "S1STALLD with stall forced",
                        "IDR0.STALL_MODEL",
                        2,
                        STAGE_1,
                        w -> w.bit(1, 27, true)),
                with(
                        "S1STALLD without stalls",
                        "IDR0.STALL_MODEL",
                        1,
                        STAGE_1,
                        w -> w.bit(1, 27, true)),
                with("S1CDMax > SSIDSIZE", "IDR1.SSIDSIZE", 6, STAGE_1, w -> w.with(0, 63, 59, 7)),
                with("S1Fmt=1 without CD2L", "IDR0.CD2L", 0, STAGE_1, w -> w.with(0, 5, 4, 1)),
                with("S1Fmt=2 without CD2L", "IDR0.CD2L", 0, STAGE_1, w -> w.with(0, 5, 4, 2)),
                words("S1ContextPtr beyond OAS", STAGE_1, w -> w.bit(0, 48, true)),
                words("S1ContextPtr beyond IAS", NESTED, w -> w.bit(0, 48, true)));
    }

    static List<Condition> stage2() {
        return List.of(
                with("S2S without stalls", "IDR0.STALL_MODEL", 1, NESTED, w -> w.bit(2, 57, true)),
                with(
                        "S2S=0 with stall forced",
                        "IDR0.STALL_MODEL",
                        2,
                        STAGE_2.bit(2, 57, true).with(1, 29, 28, 0),
                        w -> w.bit(2, 57, false)),
                words("S2AA64=0", STAGE_2, w -> w.bit(2, 51, false)),
                with("S2HA with HTTU=0", "IDR0.HTTU", 0, STAGE_2, w -> w.bit(2, 56, true)),
                with("S2HD with HTTU=0", "IDR0.HTTU", 0, STAGE_2, w -> w.bit(2, 55, true)),
                with("S2HD with HTTU=1", "IDR0.HTTU", 1, STAGE_2, w -> w.bit(2, 55, true)),
                words("S2HAFT without S2HA", STAGE_2, w -> w.bit(2, 59, true)),
                words("S2TG reserved", STAGE_2, w -> w.with(2, 47, 46, 3)),
                with(
                        "S2TG without 64K",
                        "IDR5.GRAN64K",
                        0,
                        STAGE_2,
                        w -> w.with(2, 47, 46, 1).with(2, 39, 38, 2)),
                words("S2TTB beyond S2PS", STAGE_2.with(2, 50, 48, 0), w -> w.bit(3, 32, true)),
                words("S2TTB beyond OAS", STAGE_2, w -> w.bit(3, 48, true)),
                words(
                        "S2T0SZ below 16",
                        STAGE_2.with(2, 39, 38, 2).with(2, 37, 32, 16),
                        w -> w.with(2, 37, 32, 15)),
                words(
                        "S2T0SZ above 48",
                        STAGE_2.with(2, 39, 38, 3).with(2, 37, 32, 48),
                        w -> w.with(2, 37, 32, 49)),
                with(
                        "S2T0SZ above 39 without STT",
                        "IDR3.STT",
                        0,
                        STAGE_2.with(2, 39, 38, 0).with(2, 37, 32, 39),
                        w -> w.with(2, 37, 32, 40)),
                words("level 1 for 20 bits of S2T0SZ", STAGE_2, w -> w.with(2, 37, 32, 20)),
                words("level 1 for 34 bits of S2T0SZ", STAGE_2, w -> w.with(2, 37, 32, 34)),
                words("S2ENDI", STAGE_2, w -> w.bit(2, 52, true)));
    }

    @ParameterizedTest
    @MethodSource({"general", "stage1", "stage2"})
    void shouldBeIllegal(Condition condition) {
        assertFalse(illegal(condition.features(), condition.legal()), "legal before");
        assertTrue(
                illegal(condition.features(), condition.change().apply(condition.legal())),
                "illegal after");
    }

    @Test
    void shouldBeIllegalWhereAStageIsAbsent() {
        Map<String, Long> noStage1 = Map.of("IDR0.S1P", 0L);
        Map<String, Long> noStage2 = Map.of("IDR0.S2P", 0L);

        assertTrue(illegal(noStage1, STAGE_1));
        assertFalse(illegal(noStage1, STAGE_2));
        assertTrue(illegal(noStage2, STAGE_2));
        assertTrue(illegal(noStage2, NESTED));
        assertFalse(illegal(noStage2, STAGE_1));
    }

    @Test
    void shouldLookAtNothingElseOfAnEntryThatAborts() {
        TableWords aborting = new TableWords(1L | -1L << 4, -1L, -1L, -1L);

        assertFalse(illegal(Map.of(), aborting));
    }

    @Test
    void shouldLookAtFieldsOfUsedStagesOnly() {
        TableWords bypass = TableWords.bypass();

        assertFalse(illegal(Map.of(), bypass.with(0, 63, 59, 31).with(2, 47, 46, 3)));
        assertFalse(illegal(Map.of(), STAGE_1.with(2, 47, 46, 3)));
        assertFalse(illegal(Map.of(), STAGE_2.with(0, 63, 59, 31)));
    }

    @Test
    void shouldIgnoreSubstreamFieldsWithoutSubstreams() {
        Map<String, Long> none = Map.of("IDR1.SSIDSIZE", 0L, "IDR0.CD2L", 0L);

        assertFalse(illegal(none, STAGE_1.with(0, 5, 4, 1)));
    }

    @Test
    void shouldAcceptEachGranuleAtEachStartLevel() {
        Features features = SmmuConfig.defaults().decoded();
        int[][] legal = {
            {0, 2, 16, 0},
            {0, 1, 25, 1},
            {0, 0, 34, 2},
            {0, 3, 39, 3},
            {2, 2, 20, 1},
            {2, 1, 30, 2},
            {2, 0, 39, 3},
            {1, 2, 16, 1},
            {1, 1, 25, 2},
            {1, 0, 39, 3},
        };
        for (int[] c : legal) {
            TableWords words =
                    STAGE_2.with(2, 47, 46, c[0]).with(2, 39, 38, c[1]).with(2, 37, 32, c[2]);
            assertEquals(c[3], Stage2StartLevel.of(words.entry(), features), words::toString);
        }
    }
}
