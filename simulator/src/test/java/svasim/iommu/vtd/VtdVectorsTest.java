package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** The worked examples of the reference (vtd.md, 10), word by word. */
class VtdVectorsTest {
    private static final int DEVICE = 0x3A2A;
    private static final int PASID = 0x5123;
    private static final long IOVA = 0x7F3A_5C6D_7E80L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final VtdUnderTest unit = new VtdUnderTest();

    private void deviceTables() {
        unit.poke(0x10003A0, 0x1001001);
        unit.poke(0x1001540, 0x100241D);
        unit.poke(0x1002A20, 0x1003001);
    }

    private void firstStage() {
        deviceTables();
        unit.poke(0x10038C0, 0x41);
        unit.poke(0x10038C8, 0x800051);
        unit.poke(0x10038D0, 0x1004010);
        unit.poke(0x10047F0, 0x1005027);
        unit.poke(0x1005748, 0x1006027);
        unit.poke(0x1006718, 0x1007027);
        unit.poke(0x10076B8, 0x234567067L);
        unit.switchedOn(0x1000400);
    }

    private void nested() {
        deviceTables();
        unit.poke(0x10038C0, 0x10100C9);
        unit.poke(0x10038C8, 0x800051);
        unit.poke(0x10038D0, 0x40004010);
        unit.poke(0x1010000, 0x1011003);
        unit.poke(0x1011008, 0x440000083L);
        unit.poke(0x1011010, 0x480000083L);
        unit.poke(0x4400047F0L, 0x40005027);
        unit.poke(0x440005748L, 0x40006027);
        unit.poke(0x440006718L, 0x40007027);
        unit.poke(0x4400076B8L, 0xB4567067L);
        unit.switchedOn(0x1000400);
    }

    @Test
    void shouldTranslateThroughFourFirstStageLevels() {
        firstStage();

        assertEquals(0x234567E80L, unit.bench.access(DEVICE, PASID, IOVA, Access.READ).address());
        assertEquals(0x234567E80L, unit.bench.access(DEVICE, PASID, IOVA, Access.WRITE).address());
        assertEquals(
                new Explanation(Explanation.NONE, 0x234567E80L, 12, READ_WRITE, 0x234567067L, 0x51),
                unit.iommu.explain(DEVICE, PASID, IOVA, READ_WRITE));
        assertEquals(0x1004000, unit.iommu.rootOf(DEVICE, PASID));
        assertEquals(Iommu.NO_ROOT, unit.iommu.rootOf(DEVICE, PASID + 1));
    }

    @Test
    void shouldRecordFaultsOfTheSameTables() {
        firstStage();

        fault(DEVICE, PASID, IOVA + 0x1000, Access.WRITE);
        record(0, 0x7F3A5C6D8000L, 0x8051237180003A2AL);
        fault(DEVICE, PASID + 1, IOVA, Access.READ);
        record(1, 0x7F3A5C6D7000L, 0xC051245980003A2AL);
        fault(DEVICE, 0x8000, IOVA, Access.READ);
        record(2, 0x7F3A5C6D7000L, 0xC080004680003A2AL);
        fault(DEVICE + 1, PASID, IOVA, Access.READ);
        record(3, 0x7F3A5C6D7000L, 0xC051234180003A2BL);
    }

    @Test
    void shouldLeaveNoRecordOfTranslationRequestForAbsentPage() {
        firstStage();

        Tlp.Completion completion = unit.bench.ask(DEVICE, PASID, 0x7F3A_5C6D_8000L, false);

        assertEquals(0, completion.status().code());
        assertEquals(8, completion.data().length);
        assertEquals(0, unit.read64(VtdUnderTest.FRCD + 8));
    }

    @Test
    void shouldWalkFirstStageThroughSecondStage() {
        nested();

        assertEquals(0x4B4567E80L, unit.bench.access(DEVICE, PASID, IOVA, Access.READ).address());
        Explanation explanation = unit.iommu.explain(DEVICE, PASID, IOVA, Access.READ);
        assertEquals(0x4B4567E80L, explanation.address());
        assertEquals(12, explanation.pageShift());
    }

    @Test
    void shouldTranslateLegacyModeWithLargePageOfThreeLevels() {
        unit.poke(0x10003A0, 0x1001001);
        unit.poke(0x10012A0, 0x1010005);
        unit.poke(0x10012A8, 0x5101);
        unit.poke(0x1010000, 0x1011003);
        unit.poke(0x1011488, 0x7FE00083L);
        unit.switchedOn(0x1000000);

        assertEquals(
                0x7FF45678L,
                unit.bench.access(DEVICE, PasidPrefix.NONE, 0x12345678, Access.READ).address());
    }

    @Test
    void shouldCarryOutEveryDescriptorOfTheExamples() {
        firstStage();
        long[][] descriptors = {
            {0x0000512300510036L, 0x7F3A5C6D7000L},
            {0x0000512300510026L, 0},
            {0x3A2051233A2AA008L, 0x7F3A5C6D7000L},
            {0x3A2051233A2AA008L, 0x7FFFFFFFFFFFF800L},
            {0x0000512300510017L, 0},
            {0x00003A2A00510031L, 0},
            {0x00000000005100E2L, 0},
            {0x0000CAFE000000E5L, 0x2000040 + 0x30000},
            {0x000051233A2A0019L, 0x528},
            {0x000051233A2A1019L, 0x528},
            {0x000051233A2AF019L, 0x528}
        };
        for (long[] descriptor : descriptors) {
            unit.descriptor(descriptor[0], descriptor[1]);
        }
        unit.bench.settle();

        assertEquals(descriptors.length, unit.bench.executed.size());
        assertEquals(0xCAFE, unit.peek(0x2030040));
        var whole = (Tlp.InvalidateRequest) unit.bench.sent.get(1);
        assertEquals(0x7FFFFFFFFFFFF000L, whole.address());
        assertTrue(whole.sized());
        var failure = (Tlp.PageGroupResponse) unit.bench.sent.get(4);
        assertEquals(Tlp.PageGroupResponse.RESPONSE_FAILURE, failure.code());
        assertEquals(0xA5, failure.prgIndex());
    }

    @Test
    void shouldWritePageRequestAsInTheExample() {
        firstStage();
        unit.bench.requestPage(DEVICE, PASID, 0x7F3A_5C6D_7000L, 0xA5);

        assertEquals(0x000051233A2A0101L, unit.peek(VtdUnderTest.REQUESTS));
        assertEquals(0x00007F3A5C6D752FL, unit.peek(VtdUnderTest.REQUESTS + 8));
        assertEquals(0x20, unit.read64(VtdUnderTest.PQT));
        assertEquals(1, unit.read32(VtdUnderTest.PRS));
    }

    @Test
    void shouldTakeCapabilitiesFromWholeRegistersAndFields() {
        VtdConfig config =
                VtdConfig.defaults()
                        .withRegisters(Map.of("CAP", 0x81D2008C222F0606L, "GSTS", 7L))
                        .withFeatures(Map.of("CAP.MAMV", 9L));
        VtdIommu iommu = new VtdUnderTest(config).iommu;

        assertEquals(0x81C9008C222F0606L, iommu.readRegister(8, 8));
    }

    private void fault(int device, int pasid, long iova, int access) {
        assertFalse(unit.bench.access(device, pasid, iova, access).translated());
    }

    private void record(int index, long low, long high) {
        assertEquals(low, unit.read64(VtdUnderTest.FRCD + 16 * index));
        assertEquals(high, unit.read64(VtdUnderTest.FRCD + 16 * index + 8));
    }
}
