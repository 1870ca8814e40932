package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Words;
import svasim.paging.Access;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** What devices are told about translations (reference vtd.md, 9). */
class TranslationRequestsTest {
    private static final int DEVICE = VtdUnderTest.DEVICE;
    private static final int PASID = 0x23;
    private static final long PAGE = 0x4000_0000L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final VtdUnderTest unit = new VtdUnderTest().started();

    @BeforeEach
    void bind() {
        unit.bind(PASID);
    }

    private long entry(long page, boolean noWrite) {
        Tlp.Completion completion = unit.bench.ask(DEVICE, PASID, page, noWrite);
        assertEquals(CompletionStatus.SUCCESS, completion.status());
        return Words.entry(completion, 0);
    }

    @Test
    void shouldTellSizeOfLargePage() {
        unit.map(PASID, PAGE, 0x8000_0000L, 21, READ_WRITE);

        assertEquals(0x800F_F803L, entry(PAGE + 0x5000, false));
    }

    @Test
    void shouldTellPermissionsInsteadOfRefusing() {
        unit.map(PASID, PAGE, 0x7000, Access.READ);

        assertEquals(0x7001, entry(PAGE, false));
    }

    @Test
    void shouldHonourNoWriteOnlyIfSupported() {
        unit.map(PASID, PAGE, 0x7000, READ_WRITE);
        assertEquals(0x7001, entry(PAGE, true));

        var ignoring = new VtdUnderTest(Map.of("ECAP.NWFS", 0L)).started();
        ignoring.bind(PASID);
        ignoring.map(PASID, PAGE, 0x7000, READ_WRITE);
        assertEquals(0x7003, Words.entry(ignoring.bench.ask(DEVICE, PASID, PAGE, true), 0));
    }

    @Test
    void shouldOfferInterruptRangeUntranslatedForWritesOnly() {
        unit.bind(0);
        assertEquals(
                0xFEE0_0006L,
                Words.entry(unit.bench.ask(DEVICE, PasidPrefix.NONE, 0xFEE0_0000L, false), 0));
        assertEquals(
                0, Words.entry(unit.bench.ask(DEVICE, PasidPrefix.NONE, 0xFEE0_0000L, true), 0));
    }

    @Test
    void shouldAnswerSeveralPagesInOneCompletion() {
        unit.map(PASID, PAGE, 0x7000, READ_WRITE);
        unit.map(PASID, PAGE + 0x2000, 0x9000, READ_WRITE);
        unit.iommu.receive(
                new Tlp.TranslationRequest(
                        DEVICE, 0, PAGE, 3, false, new PasidPrefix(PASID), Attributes.DEFAULT),
                unit.bench.kernel.nowPs());
        unit.bench.settle();

        var completion = (Tlp.Completion) unit.bench.sent.get(0);
        assertEquals(
                List.of(0x7003L, 0L, 0x9003L),
                List.of(
                        Words.entry(completion, 0),
                        Words.entry(completion, 1),
                        Words.entry(completion, 2)));
    }

    @Test
    void shouldRefuseWhileTranslationIsOff() {
        unit.write32(VtdUnderTest.GCMD, VtdUnderTest.QIE);

        assertEquals(
                CompletionStatus.UNSUPPORTED_REQUEST,
                unit.bench.ask(DEVICE, PASID, PAGE, false).status());
    }

    @Test
    void shouldWalkAgainForFirstWriteThroughCleanPage() {
        unit.map(PASID, PAGE, 0x7000, READ_WRITE);
        entry(PAGE, true);
        long updates = unit.bench.counter("walk.updates");

        unit.bench.access(DEVICE, PASID, PAGE, Access.WRITE);
        assertEquals(updates + 1, unit.bench.counter("walk.updates"), "the dirty bit");
        unit.bench.access(DEVICE, PASID, PAGE, Access.WRITE);
        assertEquals(updates + 1, unit.bench.counter("walk.updates"));
    }
}
