package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.STREAM;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Explanation;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/** The worked example of reference smmuv2.md 4, in literal words. */
class WorkedExampleTest {
    private static final long VA = 0x0000_7F3A_5C6D_7E80L;
    private static final int GR1 = 0x1000;
    private static final int CB5 = (32 + 5) * 0x1000;

    private final SmmuV2UnderTest unit = new SmmuV2UnderTest();

    @BeforeEach
    void program() {
        unit.memory.writeLong(0x0102_07F0L, 0x0000_0000_0102_1003L);
        unit.memory.writeLong(0x0102_1748L, 0x0000_0000_0102_2003L);
        unit.memory.writeLong(0x0102_2718L, 0x0000_0000_0102_3003L);
        unit.memory.writeLong(0x0102_36B8L, 0x0060_0002_3456_7F43L);
        unit.write(0x800, 0x8000_3A2A);
        unit.write(0xC00, 0x0000_0005);
        unit.write(GR1 + 0x014, 0x0001_F300);
        unit.write(GR1 + 0x814, 0x0000_0001);
        unit.write64(CB5 + 0x20, 0x0051_0000_0102_0000L);
        unit.write(CB5 + 0x30, 0x0080_3510);
        unit.write(CB5 + 0x10, 0x0003_8015);
        unit.write(CB5 + 0x38, 0x0000_00FF);
        unit.write(CB5, 0x0000_0067);
    }

    @Test
    void shouldTranslateTheAddressOfTheExample() {
        assertEquals(0x2_3456_7E80L, unit.read(VA).address());
        assertEquals(0x2_3456_7E80L, unit.write(VA).address());
    }

    @Test
    void shouldExplainTheExampleWithItsAsid() {
        Explanation found = unit.smmu.explain(STREAM, PasidPrefix.NONE, VA, Access.READ);

        assertEquals(0x51, found.tag());
        assertEquals(12, found.pageShift());
        assertEquals(0x0060_0002_3456_7F43L, found.leaf());
        assertEquals(0x0102_0000L, unit.smmu.rootOf(STREAM, PasidPrefix.NONE));
    }

    @Test
    void shouldLeaveTheFaultRegistersOfTheExample() {
        assertFalse(unit.write(VA + 0x1000).translated());

        assertEquals(0x0000_0002, unit.register(CB5 + 0x58));
        assertEquals(0x0000_7F3A_5C6D_8E80L, unit.smmu.readRegister(CB5 + 0x60, 8));
        assertEquals(0x0000_0010, unit.register(CB5 + 0x68));
        assertEquals(0x0000_3A2A, unit.register(GR1 + 0x414));
    }
}
