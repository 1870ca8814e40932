package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static svasim.iommu.amdvi.AmdViUnderTest.DEVICE;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;

/** Whatever stands in tables and commands, requests are answered and nothing stops for good. */
class RandomWordsTest {
    private static final int CASES = 4_000;

    /** Makes a word of random bits that often looks as if it were meant. */
    private static long word(SplittableRandom random) {
        long plausible = 0x6000_0000_0000_0003L | random.nextLong(0x1000) << 12;
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> plausible;
            case 2 -> plausible | 1L << random.nextInt(64) | (long) random.nextInt(8) << 9;
            default -> plausible | 1L << 55 | (long) random.nextInt(4) << 56;
        };
    }

    @Test
    void shouldAnswerEveryRequestWhateverTheTablesSay() {
        var random = new SplittableRandom(11);
        var unit = new AmdViUnderTest().on();
        for (int i = 0; i < CASES; i++) {
            unit.store(random.nextLong(0x1000) << 12 | random.nextInt(512) * 8, word(random));
            unit.device(word(random), random.nextLong(), random.nextLong());
            unit.command(8L << 60, 0);
            int pasid = random.nextInt(3) - 1;
            int access = random.nextBoolean() ? Access.READ : Access.WRITE;
            long address = random.nextLong() >>> random.nextInt(64);

            assertFalse(unit.bench.access(DEVICE, pasid, address, access).pending());
            unit.bench.ask(DEVICE, pasid, address & -4096, random.nextBoolean());
            unit.bench.requestPage(DEVICE, pasid, address & -4096, 1);
            unit.register(RegisterOffset.EVENT_HEAD, unit.register(RegisterOffset.EVENT_TAIL));
            unit.register(RegisterOffset.PPR_HEAD, unit.register(RegisterOffset.PPR_TAIL));
            unit.bench.sent.clear();
        }
        assertEquals("", unit.unit.waitingFor());
    }

    @Test
    void shouldCarryOutOrRefuseEveryCommand() {
        var random = new SplittableRandom(12);
        var unit = AmdViUnderTest.mapped();
        for (int i = 0; i < CASES; i++) {
            long opcode = (long) random.nextInt(16) << 60;
            long q0 = opcode | random.nextLong() >>> 4 & random.nextLong() & random.nextLong();
            unit.command(q0, random.nextLong() & random.nextLong());
            if (!unit.status(4)) {
                assertEquals(5, unit.load(lastEvent(unit)) >>> 60);
                unit.restartCommands();
            }
            unit.register(RegisterOffset.EVENT_HEAD, unit.register(RegisterOffset.EVENT_TAIL));
            unit.bench.sent.clear();
        }
        assertEquals("", unit.unit.waitingFor());
    }

    private static long lastEvent(AmdViUnderTest unit) {
        long tail = unit.register(RegisterOffset.EVENT_TAIL);
        return AmdViUnderTest.EVENTS + (tail - 16 & AmdViUnderTest.RING_ENTRIES * 16 - 1);
    }
}
