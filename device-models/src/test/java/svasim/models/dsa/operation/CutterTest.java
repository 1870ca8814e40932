package svasim.models.dsa.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;

class CutterTest {
    @Property
    void shouldCoverEveryByteOnceAndCrossNoPage(
            @ForAll @LongRange(min = 0, max = 1 << 14) long source,
            @ForAll @LongRange(min = 0, max = 1 << 14) long destination,
            @ForAll @LongRange(min = 1, max = 1 << 14) long size,
            @ForAll @IntRange(min = 6, max = 12) int pieceShift,
            @ForAll boolean backward) {
        Operands operands =
                new Operands(
                        new long[] {source}, new long[] {destination}, size, 1, false, backward);
        Cutter cutter = new Cutter(operands, 1 << pieceShift);

        long taken = 0;
        while (cutter.hasNext()) {
            int length = cutter.length();
            long offset = cutter.take(length);

            assertTrue(length >= 1 && length <= 1 << pieceShift);
            assertEquals(backward ? size - taken - length : taken, offset);
            assertWithinPage(source + offset, length);
            assertWithinPage(destination + offset, length);
            taken += length;
        }

        assertEquals(size, taken);
    }

    @Property
    void shouldCopyBackwardOnlyWhenTheEndOfTheSourceWouldBeLost(
            @ForAll @LongRange(min = 0, max = 200) long source,
            @ForAll @LongRange(min = 0, max = 200) long destination,
            @ForAll @LongRange(min = 1, max = 100) long size) {
        Descriptor move =
                Descriptor.builder(Opcode.MEMORY_MOVE)
                        .source(source)
                        .destination(destination)
                        .size(size)
                        .build();

        boolean backward = Operands.of(Opcode.MEMORY_MOVE, move).backward();

        assertEquals(destination > source && destination < source + size, backward);
    }

    @Property
    void shouldFindOverlapsWithWhatIsWritten(
            @ForAll @LongRange(min = 0, max = 200) long first,
            @ForAll @LongRange(min = 0, max = 200) long second,
            @ForAll @LongRange(min = 1, max = 100) long size) {
        boolean overlap = Math.max(first, second) < Math.min(first, second) + size;

        Descriptor.Builder d =
                Descriptor.builder(Opcode.COPY_WITH_CRC)
                        .source(first)
                        .destination(second)
                        .size(size);
        assertEquals(overlap, Operands.overlap(Opcode.COPY_WITH_CRC, d.build()));
        assertEquals(false, Operands.overlap(Opcode.COMPARE, d.build()));
    }

    @Test
    void shouldCutWholeUnitsWhereverTheyLie() {
        Operands blocks = new Operands(new long[] {4090}, new long[0], 2080, 520, false, false);
        Operands entries = new Operands(new long[] {3}, new long[0], 1000, 10, false, false);

        assertEquals(520, new Cutter(blocks, 512).length());
        assertEquals(1040, new Cutter(blocks, 2048).length() - 520);
        assertEquals(510, new Cutter(entries, 512).length());
    }

    private static void assertWithinPage(long address, int length) {
        assertEquals(address >> 12, address + length - 1 >> 12);
    }
}
