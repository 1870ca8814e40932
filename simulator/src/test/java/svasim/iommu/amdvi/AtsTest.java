package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.amdvi.AmdViUnderTest.ATS;
import static svasim.iommu.amdvi.AmdViUnderTest.DEVICE;
import static svasim.iommu.amdvi.AmdViUnderTest.DOMAIN;
import static svasim.iommu.amdvi.AmdViUnderTest.NO_PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.PA;
import static svasim.iommu.amdvi.AmdViUnderTest.PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.READ_AND_WRITE;
import static svasim.iommu.amdvi.AmdViUnderTest.READ_WRITE;
import static svasim.iommu.amdvi.AmdViUnderTest.VA;
import static svasim.iommu.amdvi.AmdViUnderTest.VALID;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Words;
import svasim.paging.Access;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** Translation Requests and translated requests (amdvi.md, 2 and 6). */
class AtsTest {
    private static final long DIRTY = 1 << 6;

    private final AmdViUnderTest unit = AmdViUnderTest.mapped();

    private long entry(int pasid, long page, boolean noWrite) {
        Tlp.Completion completion = unit.bench.ask(DEVICE, pasid, page, noWrite);
        assertEquals(CompletionStatus.SUCCESS, completion.status());
        return Words.entry(completion, 0);
    }

    private long leaf() {
        return new PageTableEditor(unit.guestOf(PASID), unit).lookup(VA).entry();
    }

    @Test
    void shouldSetDirtyForARequestThatMayWrite() {
        assertEquals(PA | 3, entry(PASID, VA, false));
        assertEquals(DIRTY, leaf() & DIRTY);
    }

    @Test
    void shouldLeaveDirtyAloneAndWithholdWritingForARequestThatWillNot() {
        assertEquals(PA | TranslationEntry.READ, entry(PASID, VA, true));
        assertEquals(0, leaf() & DIRTY);
    }

    @Test
    void shouldAnswerAPageFaultWithNoAccessAndNoEvent() {
        assertEquals(0, entry(PASID, VA + 4096, false) & 3);
        assertEquals(0, entry(PASID + 1, VA, false) & 3);
        assertEquals(0, unit.events());
    }

    @Test
    void shouldAnswerForTheExclusionRangeWithTheSameAddress() {
        unit.hostDevice(4, 0, ATS);
        unit.register(RegisterOffset.EXCLUSION_BASE, 0x5000 | 0b11);
        unit.register(RegisterOffset.EXCLUSION_LIMIT, 0x5000);
        unit.command(2L << 60 | DEVICE, 0);

        assertEquals(0x5000 | 3, entry(NO_PASID, 0x5000, false));
        assertEquals(0, entry(NO_PASID, 0x6000, false) & 3);
        assertEquals(0, entry(PASID, 0x5000, false) & 3, "a virtual address");
    }

    @Test
    void shouldTellTheSizeOfTheSmallestLeaf() {
        Stage host = unit.hostDevice(4, 0, ATS);
        new PageTableEditor(host, unit).map(0x1_0000, 0x5_0000, 16, READ_WRITE);

        long entry = entry(NO_PASID, 0x1_3000, false);

        assertEquals(16, TranslationEntry.shift(entry));
        assertEquals(0x5_0000, TranslationEntry.base(entry));
    }

    @Test
    void shouldCopyTheUntranslatedBitOfAHostLeaf() {
        Stage host = unit.hostDevice(1, 0, ATS);
        unit.store(host.root(), 0x6800_0000_0000_5001L);

        assertEquals(0x5000 | 3 | TranslationEntry.UNTRANSLATED_ONLY, entry(NO_PASID, 0, false));
    }

    @Test
    void shouldRefuseTranslationRequestsWithoutPermissionForAts() {
        unit.device(VALID | READ_AND_WRITE, DOMAIN);

        Tlp.Completion completion = unit.bench.ask(DEVICE, NO_PASID, VA, false);

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, completion.status());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldRefuseTranslationRequestsOfAUnitWithoutAts() {
        var bare = AmdViUnderTest.with(Map.of("IotlbSup", 0L)).guestDevice().on();

        Tlp.Completion completion = bare.bench.ask(DEVICE, PASID, VA, false);

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, completion.status());
    }

    @Test
    void shouldRefuseTranslationRequestsWhileOff() {
        unit.control(0);

        Tlp.Completion completion = unit.bench.ask(DEVICE, PASID, VA, false);

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, completion.status());
    }

    @Test
    void shouldAbortATranslationRequestWithAnIllegalEntry() {
        unit.device(VALID | 1 << 2, DOMAIN);

        Tlp.Completion completion = unit.bench.ask(DEVICE, NO_PASID, VA, true);

        assertEquals(CompletionStatus.COMPLETER_ABORT, completion.status());
        unit.assertOneEvent(0x1180_0000_0000_0000L | DEVICE, VA);
    }

    @Test
    void shouldPassTranslatedRequestsUnchanged() {
        var outcome = unit.bench.translated(DEVICE, NO_PASID, PA + 5, Access.WRITE);

        unit.assertTranslated(PA + 5, outcome);
        assertEquals(0, unit.bench.counter("iotlb.misses"));
    }

    @Test
    void shouldRecordATranslatedRequestOfADeviceWithoutAts() {
        unit.device(VALID | READ_AND_WRITE, DOMAIN);

        var outcome = unit.bench.translated(DEVICE, NO_PASID, PA, Access.READ);

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, outcome.status());
        unit.assertOneEvent(0x8200_0000_0000_0000L | DEVICE, PA);
    }

    /** The old answer is on its way before the request that takes it back. */
    @Test
    void shouldAnswerRequestsUnderWayBeforeInvalidatingTheDevice() {
        unit.read(PASID, VA + 4096);
        unit.bench.sent.clear();
        unit.unit.receive(
                new Tlp.TranslationRequest(
                        DEVICE,
                        0,
                        VA,
                        1,
                        false,
                        svasim.iommu.core.UnitBench.prefix(PASID, 0),
                        svasim.pcie.tlp.Attributes.DEFAULT),
                unit.bench.kernel.nowPs());
        unit.bench.kernel.run(unit.bench.kernel.nowPs() + 20_000, Long.MAX_VALUE);
        unit.place(3L << 60 | (long) DOMAIN << 32 | PASID, VA | 4);
        unit.command(0x4023_3a2a_2051_3a2aL, VA | 4);

        assertTrue(unit.bench.sent.get(0) instanceof Tlp.Completion);
        assertTrue(unit.bench.sent.get(1) instanceof Tlp.InvalidateRequest);
    }
}
