package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;

/** Access flags and dirty state that the unit writes by itself (HTTU). */
class HardwareUpdateTest {
    private static final long ACCESS_FLAG = 1L << 10;
    private static final long READ_ONLY = 1L << 7;
    private static final long DBM = 1L << 51;
    private static final long PAGE = VA + 0x1000;

    private final SmmuUnderTest unit = SmmuUnderTest.mapped();
    private long leaf;

    @BeforeEach
    void setUp() {
        unit.map(unit.stage1Of(PASID), PAGE, PA, Access.READ);
        leaf = unit.leafAddress(unit.stage1Of(PASID), PAGE);
    }

    private void context(boolean access, boolean dirty) {
        TableWords words = TableWords.context(unit.stage1Of(PASID).root(), ASID);
        unit.context(CONTEXTS, PASID, words.bit(0, 43, access).bit(0, 42, dirty));
    }

    private void change(long clear, long set) {
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & ~clear | set);
    }

    private boolean is(long bits) {
        return (unit.memory.readLong(leaf) & bits) != 0;
    }

    @Test
    void shouldSetAccessFlagInsteadOfFaulting() {
        context(true, false);
        change(ACCESS_FLAG, 0);

        assertEquals(PA, unit.read(PAGE).address());
        assertTrue(is(ACCESS_FLAG));
    }

    @Test
    void shouldMakeMarkedPagesWritableOnTheFirstWrite() {
        context(true, true);
        change(0, DBM);
        unit.read(PAGE);
        assertTrue(is(READ_ONLY), "reads leave it clean");

        assertEquals(PA, unit.write(STREAM, PASID, PAGE).address());
        assertFalse(is(READ_ONLY));
    }

    @Test
    void shouldKeepUnmarkedPagesReadOnly() {
        context(true, true);

        assertEquals(Event.F_PERMISSION.code(), unit.write(STREAM, PASID, PAGE).code());
        assertTrue(is(READ_ONLY));
    }

    @Test
    void shouldIgnoreDirtyUpdatesWithoutAccessUpdates() {
        context(false, true);
        change(0, DBM);

        assertEquals(Event.F_PERMISSION.code(), unit.write(STREAM, PASID, PAGE).code());
    }

    @Test
    void shouldNotFaultOnAccessFlagWhereTheContextForbidsIt() {
        TableWords words = TableWords.context(unit.stage1Of(PASID).root(), ASID);
        unit.context(CONTEXTS, PASID, words.bit(0, 35, true));
        change(ACCESS_FLAG, 0);

        assertEquals(PA, unit.read(PAGE).address());
        assertFalse(is(ACCESS_FLAG));
    }
}
