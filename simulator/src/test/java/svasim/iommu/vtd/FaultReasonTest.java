package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.paging.TableWalk;
import svasim.paging.VtdSecondStage;
import svasim.paging.X86Stage;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Each fault reason, provoked; none is left out. */
class FaultReasonTest {
    private static final int NONE = PasidPrefix.NONE;
    private static final int DEVICE = VtdUnderTest.DEVICE;
    private static final int PASID = 0x23;
    private static final long IOVA = 0x7F3A_5C6D_7E80L;
    private static final long SECOND_IOVA = 0x5A_5C6D_7E80L;
    private static final long OUTSIDE = 1L << 47;
    private static final long SCALABLE = VtdUnderTest.ROOT | 1 << 10;
    private static final long TABLE = 0x300_0000;

    /** Tables in which a request meets one reason. */
    private static final class Case {
        final VtdUnderTest unit;
        int pasid = PASID;
        long iova = IOVA;
        int access = Access.READ;

        Case(VtdUnderTest unit) {
            this.unit = unit;
        }

        UnitBench.Outcome run() {
            return unit.bench.access(DEVICE, pasid, iova, access);
        }
    }

    private static Case scalable() {
        Case made = new Case(new VtdUnderTest().started());
        made.unit.bind(PASID);
        made.unit.map(PASID, IOVA & -4096, 0x2_3456_7000L, Access.READ | Access.WRITE);
        return made;
    }

    private static Case scalable(Consumer<Case> change) {
        Case made = scalable();
        change.accept(made);
        return made;
    }

    private static Case scalable(String feature, long value, Consumer<Case> change) {
        Case made = new Case(new VtdUnderTest(Map.of(feature, value)).started());
        made.unit.bind(PASID);
        change.accept(made);
        return made;
    }

    /** Legacy mode with second-stage tables of four levels at {@link #TABLE}. */
    private static Case legacy(Consumer<Case> change) {
        Case made = new Case(new VtdUnderTest());
        VtdUnderTest unit = made.unit;
        unit.poke(VtdUnderTest.ROOT + (DEVICE >>> 8) * 16, VtdUnderTest.CONTEXT | 1);
        unit.poke(legacyContext(), TABLE | 5);
        unit.poke(legacyContext() + 8, VtdUnderTest.DOMAIN << 8 | 2);
        secondTables(unit);
        made.pasid = NONE;
        made.iova = SECOND_IOVA;
        change.accept(made);
        unit.switchedOn(VtdUnderTest.ROOT);
        return made;
    }

    private static long legacyContext() {
        return VtdUnderTest.CONTEXT + (DEVICE & 0xFF) * 16;
    }

    /** Maps SECOND_IOVA through four levels from TABLE on. */
    private static void secondTables(VtdUnderTest unit) {
        for (int level = 4; level > 1; level--) {
            unit.poke(secondEntry(level), TABLE + (5 - level) * 0x1000L | 3);
        }
        unit.poke(secondEntry(1), 0x2_3456_7003L);
    }

    private static long secondEntry(int level) {
        return TABLE + (4 - level) * 0x1000L + (SECOND_IOVA >>> 12 + 9 * (level - 1) & 0x1FF) * 8;
    }

    /** A PASID with second-stage tables only. */
    private static Case second(Consumer<Case> change) {
        return scalable(
                made -> {
                    secondTables(made.unit);
                    made.unit.bindTo(PASID, TABLE | 0x89, 0x80_0051, 0);
                    made.iova = SECOND_IOVA;
                    change.accept(made);
                });
    }

    /**
     * A nested PASID whose second stage maps the first 1 GiB to itself by 4 KiB pages where the
     * tables of the first stage lie.
     */
    private static Case nested(Consumer<Case> change) {
        return scalable(
                made -> {
                    VtdUnderTest unit = made.unit;
                    unit.poke(TABLE, TABLE + 0x1000 | 3);
                    unit.poke(TABLE + 0x1000, TABLE + 0x2000 | 3);
                    for (int i = 0; i < 512; i++) {
                        unit.poke(TABLE + 0x2000 + i * 8, (long) i << 21 | 0x83);
                    }
                    long first = unit.peek(unit.pasidEntry(PASID) + 16);
                    unit.bindTo(PASID, TABLE | 0xC9, 0x80_0051, first);
                    change.accept(made);
                });
    }

    /** Second-stage entry of the 2 MiB that hold the first-stage tables. */
    private static long secondOfFirst(Case made) {
        long root = made.unit.peek(made.unit.pasidEntry(PASID) + 16);
        return TABLE + 0x2000 + (root >>> 21 & 0x1FF) * 8;
    }

    private static long context() {
        return VtdUnderTest.CONTEXT_ENTRY;
    }

    private static void pasidWord(Case made, int word, long value) {
        made.unit.poke(made.unit.pasidEntry(PASID) + word * 8L, value);
    }

    private static long first(Case made, int level) {
        VtdUnderTest unit = made.unit;
        long table = unit.peek(unit.pasidEntry(PASID) + 16) & -4096;
        for (int at = 4; at > level; at--) {
            table = unit.peek(table + (IOVA >>> 12 + 9 * (at - 1) & 0x1FF) * 8) & -4096;
        }
        return table + (IOVA >>> 12 + 9 * (level - 1) & 0x1FF) * 8;
    }

    private static void set(VtdUnderTest unit, long address, long bits) {
        unit.poke(address, unit.peek(address) | bits);
    }

    private static Map<FaultReason, Case> cases() {
        Map<FaultReason, Case> cases = new EnumMap<>(FaultReason.class);
        legacyCases(cases);
        modeCases(cases);
        scalableCases(cases);
        pasidCases(cases);
        firstCases(cases);
        nestedCases(cases);
        secondCases(cases);
        return cases;
    }

    private static void legacyCases(Map<FaultReason, Case> cases) {
        long root = VtdUnderTest.ROOT + (DEVICE >>> 8) * 16;
        cases.put(FaultReason.ROOT_NOT_PRESENT, legacy(c -> c.unit.poke(root, 0)));
        cases.put(FaultReason.CONTEXT_NOT_PRESENT, legacy(c -> c.unit.poke(legacyContext(), 0)));
        cases.put(FaultReason.CONTEXT_INVALID, legacy(c -> set(c.unit, legacyContext(), 0xC)));
        cases.put(FaultReason.BEYOND_WIDTH, legacy(c -> c.iova = 1L << 48));
        cases.put(
                FaultReason.WRITE_REFUSED,
                legacy(
                        c -> {
                            c.unit.poke(secondEntry(1), 0x2_3456_7001L);
                            c.access = Access.WRITE;
                        }));
        cases.put(FaultReason.READ_REFUSED, legacy(c -> c.unit.poke(secondEntry(2), 0)));
        cases.put(
                FaultReason.TABLE_UNREADABLE,
                legacy(c -> c.unit.poke(secondEntry(3), OUTSIDE | 3)));
        cases.put(FaultReason.CONTEXT_UNREADABLE, legacy(c -> c.unit.poke(root, OUTSIDE | 1)));
        cases.put(FaultReason.ROOT_RESERVED, legacy(c -> c.unit.poke(root + 8, 2)));
        cases.put(
                FaultReason.CONTEXT_RESERVED,
                legacy(c -> set(c.unit, legacyContext() + 8, 1L << 40)));
        cases.put(FaultReason.TABLE_RESERVED, legacy(c -> set(c.unit, secondEntry(4), 1 << 7)));
        cases.put(
                FaultReason.INTERRUPT_RANGE,
                legacy(c -> c.unit.poke(secondEntry(1), 0xFEE0_0003L)));
    }

    private static void modeCases(Map<FaultReason, Case> cases) {
        cases.put(FaultReason.MODE_RESERVED, mode(2, Map.of()));
        cases.put(FaultReason.ABORT_MODE, mode(3, Map.of("ECAP.ADMS", 1L)));
        cases.put(FaultReason.PASID_IN_LEGACY_MODE, legacy(c -> c.pasid = PASID));
    }

    private static Case mode(int mode, Map<String, Long> features) {
        Case made = new Case(new VtdUnderTest(features));
        made.unit.switchedOn(VtdUnderTest.ROOT | (long) mode << 10);
        return made;
    }

    private static void scalableCases(Map<FaultReason, Case> cases) {
        long root = VtdUnderTest.ROOT + (DEVICE >>> 8) * 16;
        cases.put(FaultReason.SM_ROOT_NOT_PRESENT, scalable(c -> c.unit.poke(root, 0)));
        cases.put(FaultReason.SM_ROOT_RESERVED, scalable(c -> set(c.unit, root, 2)));
        cases.put(FaultReason.SM_CONTEXT_UNREADABLE, scalable(c -> c.unit.poke(root, OUTSIDE | 1)));
        cases.put(FaultReason.SM_CONTEXT_NOT_PRESENT, scalable(c -> c.unit.poke(context(), 0)));
        cases.put(FaultReason.SM_CONTEXT_RESERVED, scalable(c -> c.unit.poke(context() + 24, 1)));
        cases.put(
                FaultReason.SM_CONTEXT_INVALID,
                scalable(c -> c.unit.poke(context(), VtdUnderTest.CONTEXT_LOW & ~4L)));
        cases.put(
                FaultReason.PASID_BLOCKED,
                scalable(c -> c.unit.poke(context(), VtdUnderTest.CONTEXT_LOW & ~8L)));
        cases.put(FaultReason.PASID_BEYOND_DIRECTORY, scalable(c -> c.pasid = 0x8000));
        cases.put(FaultReason.PASID_IS_RID_PASID, scalable(c -> c.unit.poke(context() + 8, PASID)));
        cases.put(FaultReason.PASID_TOO_WIDE, scalable("ECAP.PSS", 7, c -> c.pasid = 0x100));
    }

    private static void pasidCases(Map<FaultReason, Case> cases) {
        cases.put(
                FaultReason.DIRECTORY_UNREADABLE,
                scalable(c -> c.unit.poke(context(), 0x41D | OUTSIDE)));
        cases.put(
                FaultReason.DIRECTORY_NOT_PRESENT,
                scalable(c -> c.unit.poke(VtdUnderTest.DIRECTORY, 0)));
        cases.put(
                FaultReason.DIRECTORY_RESERVED,
                scalable(c -> set(c.unit, VtdUnderTest.DIRECTORY, 4)));
        cases.put(
                FaultReason.PASID_UNREADABLE,
                scalable(c -> c.unit.poke(VtdUnderTest.DIRECTORY, OUTSIDE | 1)));
        cases.put(FaultReason.PASID_NOT_PRESENT, scalable(c -> c.unit.unbind(PASID)));
        cases.put(FaultReason.PASID_RESERVED, scalable(c -> pasidWord(c, 7, 1)));
        cases.put(FaultReason.PASID_INVALID, scalable(c -> pasidWord(c, 0, 1 | 5 << 6)));
        cases.put(
                FaultReason.SUPERVISOR_BLOCKED,
                scalable(
                        c -> {
                            c.unit.poke(first(c, 1), 0x2_3456_7067L);
                            pasidWord(c, 2, c.unit.peek(c.unit.pasidEntry(PASID) + 16) & ~1);
                            c.access = Access.READ | Access.PRIVILEGED;
                        }));
    }

    private static void firstCases(Map<FaultReason, Case> cases) {
        cases.put(FaultReason.FS_ROOT_UNREADABLE, scalable(c -> pasidWord(c, 2, OUTSIDE)));
        cases.put(
                FaultReason.FS_ENTRY_UNREADABLE,
                scalable(c -> c.unit.poke(first(c, 3), OUTSIDE | 0x27)));
        cases.put(FaultReason.FS_NOT_PRESENT, scalable(c -> c.unit.poke(first(c, 1), 0)));
        cases.put(FaultReason.FS_RESERVED, scalable(c -> set(c.unit, first(c, 4), 1 << 7)));
        cases.put(FaultReason.NOT_CANONICAL, scalable(c -> c.iova = 1L << 47));
        cases.put(
                FaultReason.PRIVILEGE_REFUSED,
                scalable(c -> c.unit.poke(first(c, 1), 0x2_3456_7063L)));
        cases.put(
                FaultReason.SM_WRITE_REFUSED,
                scalable(
                        c -> {
                            c.unit.poke(first(c, 1), 0x2_3456_7065L);
                            c.access = Access.WRITE;
                        }));
        cases.put(
                FaultReason.SM_INTERRUPT_RANGE,
                scalable(c -> c.unit.poke(first(c, 1), 0xFEE0_0067L)));
    }

    private static void nestedCases(Map<FaultReason, Case> cases) {
        cases.put(
                FaultReason.FS_TABLE_BEYOND_WIDTH,
                nested(c -> c.unit.poke(first(c, 4), 1L << 50 | 0x27)));
        cases.put(FaultReason.FS_TABLE_NOT_MAPPED, nested(c -> c.unit.poke(secondOfFirst(c), 0)));
        cases.put(
                FaultReason.FS_TABLE_READ_REFUSED,
                nested(c -> c.unit.poke(secondOfFirst(c), c.unit.peek(secondOfFirst(c)) & ~1)));
        cases.put(
                FaultReason.FS_TABLE_WRITE_REFUSED,
                nested(
                        c -> {
                            c.unit.poke(first(c, 4), c.unit.peek(first(c, 4)) & ~0x20L);
                            c.unit.poke(secondOfFirst(c), c.unit.peek(secondOfFirst(c)) & ~2);
                        }));
    }

    private static void secondCases(Map<FaultReason, Case> cases) {
        cases.put(
                FaultReason.SS_ENTRY_UNREADABLE,
                second(c -> c.unit.poke(secondEntry(3), OUTSIDE | 3)));
        cases.put(FaultReason.SS_NOT_PRESENT, second(c -> c.unit.poke(secondEntry(2), 0)));
        cases.put(FaultReason.SS_RESERVED, second(c -> set(c.unit, secondEntry(1), 1L << 62)));
        cases.put(FaultReason.SS_ROOT_UNREADABLE, second(c -> pasidWord(c, 0, OUTSIDE | 0x89)));
        cases.put(FaultReason.SM_BEYOND_WIDTH, second(c -> c.iova = 1L << 48));
        cases.put(
                FaultReason.SM_READ_REFUSED,
                second(c -> c.unit.poke(secondEntry(1), 0x2_3456_7002L)));
        cases.put(
                FaultReason.SM_OUTPUT_BEYOND_WIDTH,
                scalable(
                        c -> {
                            c.unit.bindTo(PASID, 0x101, 0x51, 0);
                            c.iova = 1L << 53;
                        }));
    }

    /** All but those that an untranslated request to sound memory does not meet. */
    @Provokes
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "ROOT_UNREADABLE",
                "SM_ROOT_UNREADABLE",
                "ATS_BLOCKED",
                "SM_ATS_BLOCKED",
                "PAGE_REQUEST_IN_LEGACY_MODE",
                "PAGE_REQUEST_BLOCKED",
                "TRANSLATED_WITH_PASID",
                "FS_UPDATE_FAILED",
                "SS_UPDATE_FAILED"
            })
    void shouldFindRecordAndExplainReason(FaultReason reason) {
        Case made = cases().get(reason);

        UnitBench.Outcome outcome = made.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, outcome.status());
        assertEquals(reason.code(), outcome.code());
        assertEquals(
                reason.code(),
                made.unit.iommu.explain(DEVICE, made.pasid, made.iova, made.access).faultCode());
        assertEquals(reason.code(), made.unit.read64(VtdUnderTest.FRCD + 8) >>> 32 & 0xFF);
        assertEquals(made.iova & -4096, made.unit.read64(VtdUnderTest.FRCD));
    }

    @Provokes(
            value = {"ROOT_UNREADABLE", "SM_ROOT_UNREADABLE"},
            seen = FaultReason.class)
    @Test
    void shouldFaultWhenRootTableIsOutsideMemory() {
        for (int mode = 0; mode <= 1; mode++) {
            var unit = new VtdUnderTest().switchedOn(OUTSIDE | mode << 10);
            FaultReason reason =
                    mode == 0 ? FaultReason.ROOT_UNREADABLE : FaultReason.SM_ROOT_UNREADABLE;

            assertEquals(
                    reason.code(),
                    unit.bench.access(DEVICE, NONE, SECOND_IOVA, Access.READ).code());
        }
    }

    @Provokes(
            value = {"ATS_BLOCKED", "SM_ATS_BLOCKED"},
            seen = FaultReason.class)
    @Test
    void shouldBlockTranslationRequestsWhereTheContextForbidsThem() {
        Case legacy = legacy(c -> c.unit.poke(legacyContext(), TABLE | 1));
        Case scalable = scalable(c -> c.unit.poke(context(), VtdUnderTest.CONTEXT_LOW & ~0x14L));

        assertEquals(
                CompletionStatus.UNSUPPORTED_REQUEST,
                legacy.unit.bench.ask(DEVICE, NONE, SECOND_IOVA & -4096, false).status());
        assertEquals(0x0D, recorded(legacy));
        assertEquals(
                CompletionStatus.UNSUPPORTED_REQUEST,
                scalable.unit.bench.ask(DEVICE, PASID, IOVA & -4096, false).status());
        assertEquals(0x44, recorded(scalable));
    }

    @Test
    void shouldAnswerBrokenConfigurationOfTranslationRequestWithCompleterAbort() {
        Case made = scalable(c -> pasidWord(c, 7, 1));

        Tlp.Completion completion = made.unit.bench.ask(DEVICE, PASID, IOVA & -4096, false);

        assertEquals(CompletionStatus.COMPLETER_ABORT, completion.status());
        assertEquals(0x5A, recorded(made));
    }

    @Provokes(
            value = {"PAGE_REQUEST_IN_LEGACY_MODE", "PAGE_REQUEST_BLOCKED"},
            seen = FaultReason.class)
    @Test
    void shouldRefusePageRequestsWhereTheContextForbidsThem() {
        Case legacy = legacy(c -> {});
        Case scalable = scalable(c -> c.unit.poke(context(), VtdUnderTest.CONTEXT_LOW & ~0x10L));
        Stream.of(legacy, scalable)
                .forEach(c -> c.unit.bench.requestPage(DEVICE, NONE, SECOND_IOVA & -4096, 3));

        assertEquals(0x32, recorded(legacy));
        assertEquals(0x47, recorded(scalable));
        var response = (Tlp.PageGroupResponse) scalable.unit.bench.sent.get(0);
        assertEquals(Tlp.PageGroupResponse.INVALID_REQUEST, response.code());
    }

    @Provokes(
            value = {"TRANSLATED_WITH_PASID"},
            seen = FaultReason.class)
    @Test
    void shouldRefuseTranslatedRequestWithPasid() {
        Case made = scalable();

        assertEquals(
                0x49,
                made.unit.bench.translated(DEVICE, PASID, 0x2_3456_7000L, Access.READ).code());
        assertTrue(
                made.unit.bench.translated(DEVICE, NONE, 0x2_3456_7000L, Access.READ).translated());
    }

    /** Memory here takes every write that it can read; so the walk is told by hand. */
    @Provokes({"FS_UPDATE_FAILED", "SS_UPDATE_FAILED"})
    @Test
    void shouldFaultWhenAccessedOrDirtyBitCannotBeSet() {
        TableWalk first = new TableWalk();
        first.start(IOVA, Access.READ, new X86Stage(4, TABLE, 52, Set.of()), null);
        first.data(TABLE | 7, 0);
        first.unreadable();
        assertEquals(FaultReason.FS_UPDATE_FAILED, WalkFaults.scalable(first, null));
        assertEquals(
                Answer.NO_ACCESS_RECORDED, FaultReason.FS_UPDATE_FAILED.toTranslationRequest());

        TableWalk second = new TableWalk();
        Stage stage =
                new VtdSecondStage(4, TABLE, 57, 52, Set.of(VtdSecondStage.Option.ACCESSED_DIRTY));
        second.start(SECOND_IOVA, Access.READ, null, stage);
        second.data(TABLE | 3, 0);
        second.unreadable();
        assertEquals(FaultReason.SS_UPDATE_FAILED, WalkFaults.scalable(second, stage));
    }

    @Test
    void shouldCallLegacyContextInvalidWhoseTablesAreOutsideMemory() {
        Case made = legacy(c -> c.unit.poke(legacyContext(), OUTSIDE | 5));

        assertEquals(0x03, made.run().code());
    }

    @Test
    void shouldRecordNothingQualifiedOnceFaultsAreSuppressed() {
        Case made =
                scalable(
                        c -> {
                            set(c.unit, c.unit.pasidEntry(PASID), 2);
                            c.unit.poke(first(c, 1), 0);
                        });

        assertEquals(0x71, made.run().code());
        assertEquals(0, made.unit.read64(VtdUnderTest.FRCD + 8));
        made.run();
        assertEquals(0, made.unit.read64(VtdUnderTest.FRCD + 8), "from the PASID cache");
    }

    private static long recorded(Case made) {
        return made.unit.read64(VtdUnderTest.FRCD + 8) >>> 32 & 0xFF;
    }
}
