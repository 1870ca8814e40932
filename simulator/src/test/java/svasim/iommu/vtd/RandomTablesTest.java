package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;

/** Whatever stands in tables and queues, the unit answers as architected and goes on. */
class RandomTablesTest {
    private static final int DEVICE = VtdUnderTest.DEVICE;
    private static final int ROUNDS = 3_000;

    /** Words that are likely to be almost right. */
    private static long word(SplittableRandom random) {
        long pointer = VtdUnderTest.ROOT + random.nextInt(16) * 0x1000L;
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> pointer | random.nextInt(4096);
            case 2 -> pointer | 0x27;
            default -> 1L << random.nextInt(64) | pointer | 1;
        };
    }

    @Test
    void shouldAnswerTimedAndAtOnceAlikeOverRandomTables() {
        var random = new SplittableRandom(1);
        var unit = new VtdUnderTest().started();
        for (int i = 0; i < 16 * 512; i++) {
            long at = VtdUnderTest.ROOT + i * 8L;
            unit.poke(
                    at,
                    unit.peek(at) == 0 || random.nextInt(8) == 0 ? word(random) : unit.peek(at));
        }
        unit.poke(VtdUnderTest.CONTEXT_ENTRY, VtdUnderTest.CONTEXT_LOW);
        for (int i = 8; i < 32; i += 8) {
            unit.poke(VtdUnderTest.CONTEXT_ENTRY + i, 0);
        }
        for (int round = 0; round < ROUNDS; round++) {
            int pasid = random.nextInt(1 << 15);
            long iova = random.nextLong() >>> random.nextInt(64);
            int access = random.nextBoolean() ? Access.READ : Access.WRITE;
            unit.descriptor(0x37, 0);
            unit.descriptor(0x12, 0);
            unit.bench.settle();
            long expected = unit.iommu.explain(DEVICE, pasid, iova, access).faultCode();

            UnitBench.Outcome outcome = unit.bench.access(DEVICE, pasid, iova, access);

            assertFalse(outcome.pending());
            assertEquals(expected, outcome.code());
        }
    }

    @Test
    void shouldSurviveRandomDescriptors() {
        var random = new SplittableRandom(2);
        var unit = new VtdUnderTest().started();
        for (int round = 0; round < ROUNDS; round++) {
            long q0 = random.nextLong() & (random.nextBoolean() ? -1L : 0xFFFF_FFFF_003FL);
            unit.descriptor(q0, random.nextBoolean() ? 0 : random.nextLong());
            unit.bench.settle();
            if ((unit.read32(VtdUnderTest.FSTS) & 1 << 4) != 0) {
                unit.poke(VtdUnderTest.QUEUE + unit.read64(VtdUnderTest.IQH), 0x11);
                unit.poke(VtdUnderTest.QUEUE + unit.read64(VtdUnderTest.IQH) + 8, 0);
                unit.write32(VtdUnderTest.FSTS, 1 << 4);
                unit.bench.settle();
            }

            assertEquals(unit.read64(VtdUnderTest.IQT), unit.read64(VtdUnderTest.IQH), "" + round);
        }
    }
}
