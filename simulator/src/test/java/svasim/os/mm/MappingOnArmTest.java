package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.cpu.Architecture;
import svasim.os.OsUnderTest;

/** The same with tables of VMSAv8-64. */
class MappingOnArmTest extends MappingTest {
    private static final long ROOT = 0x10_0000;

    @Override
    OsUnderTest newSystem() {
        return new OsUnderTest.Setup().architecture(Architecture.AARCH64).build();
    }

    @Test
    void shouldStartAtLevel0OfTheLowerHalf() {
        var stage = ProcessStage.of(Architecture.AARCH64, ROOT);

        assertEquals("L0", stage.format().entryName(stage.startLevel()));
        assertEquals(48, stage.inputBits());
        assertEquals(ROOT, stage.root());
    }
}
