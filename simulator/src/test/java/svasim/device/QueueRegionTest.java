package svasim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.defect.Defect;
import svasim.trace.Kind;

/** The bookkeeping of a queue's mapping: it belongs to one mapping. */
class QueueRegionTest {
    private OsUnderTest system = OsUnderTest.plain();

    private QueueRegion region() {
        return new QueueRegion("acc0", system.platform());
    }

    @Test
    void shouldBeFreedByTheEndOfItsMapping() {
        QueueRegion region = region();
        assertFalse(region.isFreed());

        region.close();

        assertTrue(region.isFreed());
        assertEquals(1, system.recorder().of(Kind.OBJECT_FREED).size());
    }

    @Test
    void shouldNotLetItsMappingMove() {
        assertFalse(region().mayMove());
    }

    @Test
    void shouldBeUsedAfterItWasFreedByTheSecondOfTwoMappingsWithDefect() {
        system = new OsUnderTest.Setup().defect(Defect.S16).build();
        QueueRegion region = region();
        assertTrue(region.mayMove());

        region.close();
        region.close();

        int freed = system.recorder().indexOf(Kind.OBJECT_FREED);
        assertEquals(Kind.OBJECT_USED, system.recorder().all().get(freed + 1).kind());
    }
}
