package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** RTADDR: table modes, and the controls whose places the configuration names. */
class RootControlsTest {
    private static final int PASID = 0x23;
    private static final long PAGE = 0x2_3456_7000L;
    private static final int ERROR_RESET = 3;
    private static final int IO_PERMISSIONS = 2;
    private static final long READ_BY_DEVICES = 1L << 61;
    private static final long WRITE_BY_DEVICES = 1L << 62;

    @Provokes(
            value = {"ERROR_RESET"},
            seen = FaultReason.class)
    @Test
    void shouldRefuseEverythingInErrorReset() {
        var unit = new VtdUnderTest(VtdConfig.defaults().withRootControls(ERROR_RESET, null));
        unit.switchedOn(VtdUnderTest.ROOT | 1 << ERROR_RESET);

        assertEquals(0x34, read(unit, FaultCase.NONE, 0x1000).code());
        assertEquals(
                CompletionStatus.UNSUPPORTED_REQUEST,
                unit.bench.ask(VtdUnderTest.DEVICE, FaultCase.NONE, 0x1000, false).status());
        unit.bench.sent.clear();
        unit.bench.requestPage(VtdUnderTest.DEVICE, PASID, 0x1000, 1);
        assertEquals(1, ((Tlp.PageGroupResponse) unit.bench.sent.get(0)).code());
    }

    @Test
    void shouldReadReservedBitsOfRtaddrAsZero() {
        var unit = new VtdUnderTest();
        unit.write64(VtdUnderTest.RTADDR, VtdUnderTest.ROOT | 0x7FF);

        assertEquals(VtdUnderTest.ROOT | 0x400, unit.read64(VtdUnderTest.RTADDR));
    }

    @Test
    void shouldPermitByIrAndIwOnceThatIsSwitchedOn() {
        var unit = new VtdUnderTest(VtdConfig.defaults().withRootControls(null, IO_PERMISSIONS));
        unit.started().switchedOn(VtdUnderTest.ROOT | 1 << 10 | 1 << IO_PERMISSIONS);
        FaultCase.secondTables(unit);
        for (int level = 2; level <= 4; level++) {
            FaultCase.set(unit, FaultCase.secondEntry(level), READ_BY_DEVICES | WRITE_BY_DEVICES);
        }
        unit.bindTo(PASID, FaultCase.TABLE | 0x89, 0x80_0051, 0);

        unit.poke(FaultCase.secondEntry(1), PAGE | READ_BY_DEVICES);
        assertTrue(read(unit, PASID, FaultCase.SECOND_IOVA).translated());
        assertEquals(
                0x85,
                unit.bench
                        .access(VtdUnderTest.DEVICE, PASID, FaultCase.SECOND_IOVA, Access.WRITE)
                        .code());
        unit.poke(FaultCase.secondEntry(1), PAGE | 3);
        unit.descriptor(0x12, 0);
        unit.bench.settle();
        assertEquals(0x79, read(unit, PASID, FaultCase.SECOND_IOVA).code());
    }

    /** Reserved, abort without ADMS, scalable without SMTS. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldTreatModesThatItLacksAsReserved(int mode) {
        var unit = new VtdUnderTest(Map.of("ECAP.SMTS", 0L, "ECAP.ADMS", 0L));
        unit.switchedOn(VtdUnderTest.ROOT | (long) mode << 10);

        assertEquals(0x30, read(unit, FaultCase.NONE, 0x1000).code());
        assertEquals(7, unit.read64(VtdUnderTest.IQERCD) & 0xF);
    }

    @Test
    void shouldTakeWideDescriptorsOnlyInAbortMode() {
        var unit = new VtdUnderTest(Map.of("ECAP.ADMS", 1L));
        unit.switchedOn(VtdUnderTest.ROOT | 3 << 10);
        assertEquals(5, unit.read64(VtdUnderTest.IQERCD) & 0xF);

        var wide = new VtdUnderTest(Map.of("ECAP.ADMS", 1L));
        wide.write64(VtdUnderTest.IQA, VtdUnderTest.QUEUE | 1 << 11);
        wide.write64(VtdUnderTest.RTADDR, VtdUnderTest.ROOT | 3 << 10);
        wide.write32(VtdUnderTest.GCMD, VtdUnderTest.SRTP);
        wide.write32(VtdUnderTest.GCMD, VtdUnderTest.QIE);
        wide.descriptor(0x37, 0);
        wide.waitDescriptor();
        wide.bench.settle();
        assertTrue(wide.complete());
    }

    @Test
    void shouldDemandTheLargestWidthOfPassThrough() {
        assertEquals(0x03, passThrough(2).code());
        assertEquals(0x1234, passThrough(3).address());
    }

    private static UnitBench.Outcome passThrough(int width) {
        FaultCase made =
                FaultCase.legacy(
                        c -> {
                            c.unit.poke(FaultCase.legacyContext(), 0x9);
                            c.unit.poke(FaultCase.legacyContext() + 8, 0x5100 | width);
                            c.iova = 0x1234;
                        });
        return made.run();
    }

    private static UnitBench.Outcome read(VtdUnderTest unit, int pasid, long iova) {
        return unit.bench.access(VtdUnderTest.DEVICE, pasid, iova, Access.READ);
    }
}
