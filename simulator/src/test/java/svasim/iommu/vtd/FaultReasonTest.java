package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.vtd.FaultCase.DEVICE;
import static svasim.iommu.vtd.FaultCase.IOVA;
import static svasim.iommu.vtd.FaultCase.NONE;
import static svasim.iommu.vtd.FaultCase.OUTSIDE;
import static svasim.iommu.vtd.FaultCase.PASID;
import static svasim.iommu.vtd.FaultCase.SECOND_IOVA;
import static svasim.iommu.vtd.FaultCase.TABLE;
import static svasim.iommu.vtd.FaultCase.context;
import static svasim.iommu.vtd.FaultCase.first;
import static svasim.iommu.vtd.FaultCase.legacy;
import static svasim.iommu.vtd.FaultCase.legacyContext;
import static svasim.iommu.vtd.FaultCase.pasidWord;
import static svasim.iommu.vtd.FaultCase.recorded;
import static svasim.iommu.vtd.FaultCase.scalable;
import static svasim.iommu.vtd.FaultCase.set;

import java.util.Set;
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
import svasim.pcie.tlp.Tlp;

/** Fault reasons of plain units, provoked. */
class FaultReasonTest {
    /** All but those that an untranslated request of a plain unit in sound memory does not meet. */
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
                "SS_UPDATE_FAILED",
                "PROTECTED_MEMORY",
                "ERROR_RESET",
                "EXECUTE_BLOCKED",
                "EXECUTE_REFUSED",
                "PERMISSION_TABLE_SIZE",
                "PERMISSIONS_UNREADABLE",
                "PERMISSIONS_NOT_PRESENT",
                "PERMISSIONS_RESERVED",
                "HOST_READ_REFUSED",
                "HOST_WRITE_REFUSED",
                "HOST_ADDRESS_BEYOND_TABLE"
            })
    void shouldFindRecordAndExplainReason(FaultReason reason) {
        FaultCase made = FaultCases.all().get(reason);

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
        FaultCase legacy = legacy(c -> c.unit.poke(legacyContext(), TABLE | 1));
        FaultCase scalable =
                scalable(c -> c.unit.poke(context(), VtdUnderTest.CONTEXT_LOW & ~0x14L));

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
        FaultCase made = scalable(c -> pasidWord(c, 7, 1));

        Tlp.Completion completion = made.unit.bench.ask(DEVICE, PASID, IOVA & -4096, false);

        assertEquals(CompletionStatus.COMPLETER_ABORT, completion.status());
        assertEquals(0x5A, recorded(made));
    }

    @Provokes(
            value = {"PAGE_REQUEST_IN_LEGACY_MODE", "PAGE_REQUEST_BLOCKED"},
            seen = FaultReason.class)
    @Test
    void shouldRefusePageRequestsWhereTheContextForbidsThem() {
        FaultCase legacy = legacy(c -> {});
        FaultCase scalable =
                scalable(c -> c.unit.poke(context(), VtdUnderTest.CONTEXT_LOW & ~0x10L));
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
        FaultCase made = scalable();

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
        FaultCase made = legacy(c -> c.unit.poke(legacyContext(), OUTSIDE | 5));

        assertEquals(0x03, made.run().code());
    }

    @Test
    void shouldRecordNothingQualifiedOnceFaultsAreSuppressed() {
        FaultCase made =
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
}
