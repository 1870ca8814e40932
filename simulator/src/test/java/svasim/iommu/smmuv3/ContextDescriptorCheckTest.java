package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each condition under which a context descriptor is ILLEGAL, alone. */
class ContextDescriptorCheckTest {
    private static final StreamTableEntry ENTRY = TableWords.stage1(0x300_0000, 6).entry();
    private static final TableWords LOW = TableWords.context(0x400_0000, 0x51);
    private static final TableWords BOTH = LOW.highHalf(0x500_0000);

    /** A legal descriptor on a unit with these features, and what makes it illegal. */
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
        return illegal(features, words, ENTRY, World.EL1);
    }

    private static boolean illegal(
            Map<String, Long> features, TableWords words, StreamTableEntry entry, World world) {
        Features decoded = SmmuConfig.defaults().withFeatures(features).decoded();
        return new ContextDescriptorCheck(decoded).illegal(words.context(), entry, world);
    }

    static List<Condition> whole() {
        return List.of(
                words("V=0", LOW, w -> w.bit(0, 31, false)),
                with("S without stalls", "IDR0.STALL_MODEL", 1, LOW, w -> w.bit(0, 44, true)),
                with(
                        "S=0 with stall forced",
                        "IDR0.STALL_MODEL",
                        2,
                        LOW.bit(0, 44, true),
                        w -> w.bit(0, 44, false)),
                with("A=0 with TERM_MODEL", "IDR0.TERM_MODEL", 1, LOW, w -> w.bit(0, 46, false)),
                words("ENDI", LOW, w -> w.bit(0, 15, true)),
                words("AA64=0", LOW, w -> w.bit(0, 41, false)),
                with("HA with HTTU=0", "IDR0.HTTU", 0, LOW, w -> w.bit(0, 43, true)),
                with("HD with HTTU=0", "IDR0.HTTU", 0, LOW, w -> w.bit(0, 42, true)),
                with("HD with HTTU=1", "IDR0.HTTU", 1, LOW, w -> w.bit(0, 42, true)),
                words("HAFT without HA", LOW, w -> w.bit(1, 3, true)),
                with("ASID of 16 bits", "IDR0.ASID16", 0, LOW, w -> w.with(0, 63, 48, 0x100)));
    }

    static List<Condition> halves() {
        return List.of(
                words("T0SZ below 16", LOW, w -> w.with(0, 5, 0, 15)),
                words("T1SZ below 16", BOTH, w -> w.with(0, 21, 16, 15)),
                with("T0SZ above 39", "IDR3.STT", 0, LOW, w -> w.with(0, 5, 0, 40)),
                with("T1SZ above 39", "IDR3.STT", 0, BOTH, w -> w.with(0, 21, 16, 40)),
                words("T0SZ above 48 with STT", LOW, w -> w.with(0, 5, 0, 49)),
                words(
                        "T0SZ above 47 with STT and 64K",
                        LOW.with(0, 7, 6, 1),
                        w -> w.with(0, 5, 0, 48)),
                words("TG0 reserved", LOW, w -> w.with(0, 7, 6, 3)),
                words("TG1 reserved", BOTH, w -> w.with(0, 23, 22, 0)),
                with("TG0 without 16K", "IDR5.GRAN16K", 0, LOW, w -> w.with(0, 7, 6, 2)),
                words("TTB0 beyond IPS", LOW.with(0, 34, 32, 0), w -> w.bit(1, 32, true)),
                words("TTB0 beyond OAS", LOW, w -> w.bit(1, 48, true)),
                words("TTB1 beyond IPS", BOTH, w -> w.bit(2, 48, true)));
    }

    @ParameterizedTest
    @MethodSource({"whole", "halves"})
    void shouldBeIllegal(Condition condition) {
        assertFalse(illegal(condition.features(), condition.legal()), "legal before");
        assertTrue(
                illegal(condition.features(), condition.change().apply(condition.legal())),
                "illegal after");
    }

    @Test
    void shouldBeIllegalToStallWhereTheStreamForbidsIt() {
        StreamTableEntry forbids = TableWords.stage1(0x300_0000, 6).bit(1, 27, true).entry();

        assertFalse(illegal(Map.of(), LOW, forbids, World.EL1));
        assertTrue(illegal(Map.of(), LOW.bit(0, 44, true), forbids, World.EL1));
    }

    @Test
    void shouldNotLookAtADisabledHalf() {
        TableWords brokenHigh = LOW.with(0, 21, 16, 63).with(0, 23, 22, 0);

        assertFalse(illegal(Map.of(), brokenHigh));
        assertTrue(illegal(Map.of(), brokenHigh.bit(0, 30, false)));
    }

    @Test
    void shouldNotLookAtTheHighHalfOfAWorldWithoutOne() {
        TableWords brokenHigh = BOTH.with(0, 21, 16, 63);

        assertTrue(illegal(Map.of(), brokenHigh, ENTRY, World.EL2_E2H));
        assertFalse(illegal(Map.of(), brokenHigh, ENTRY, World.EL2));
    }

    @Test
    void shouldIgnoreDisabledWalksOfAWorldWithOneHalf() {
        TableWords disabled = LOW.bit(0, 14, true).with(0, 7, 6, 3);

        assertFalse(illegal(Map.of(), disabled));
        assertTrue(illegal(Map.of(), disabled, ENTRY, World.EL2));
    }

    @Test
    void shouldAllowWideInputsWithTheWideGranule() {
        Map<String, Long> wide = Map.of("IDR5.VAX", 1L, "IDR5.OAS", 6L);
        TableWords granule64 = LOW.with(0, 7, 6, 1).with(0, 34, 32, 6);

        assertFalse(illegal(wide, granule64.with(0, 5, 0, 12)));
        assertTrue(illegal(wide, granule64.with(0, 5, 0, 11)));
        assertTrue(illegal(wide, LOW.with(0, 5, 0, 12)), "4 KiB without DS");
    }
}
