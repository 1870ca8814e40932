package svasim.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PhysicalMemoryTest {
    private final PhysicalMemory memory = new PhysicalMemory();

    private record Write(long address, byte[] bytes) {}

    @Property(tries = 300, seed = "42")
    void shouldReadBackTheByteWrittenLast(@ForAll("writes") List<Write> writes) {
        var memory = new PhysicalMemory();
        Map<Long, Byte> model = new HashMap<>();
        for (Write write : writes) {
            memory.write(write.address(), write.bytes(), 0, write.bytes().length);
            for (int i = 0; i < write.bytes().length; i++) {
                model.put(write.address() + i, write.bytes()[i]);
            }
        }
        for (Write write : writes) {
            byte[] expected = new byte[write.bytes().length + 16];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = model.getOrDefault(write.address() - 8 + i, (byte) 0);
            }
            byte[] found = new byte[expected.length];
            memory.read(write.address() - 8, found, 0, found.length);
            assertArrayEquals(expected, found);
            assertEquals(
                    littleEndian(model, write.address() & -8L, 8),
                    memory.readLong(write.address()));
            assertEquals(
                    (int) littleEndian(model, write.address() & -4L, 4),
                    memory.readInt(write.address()));
        }
    }

    private static long littleEndian(Map<Long, Byte> model, long address, int bytes) {
        long word = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            word = word << 8 | model.getOrDefault(address + i, (byte) 0) & 0xFF;
        }
        return word;
    }

    @Provide
    Arbitrary<List<Write>> writes() {
        Arbitrary<Long> frames = Arbitraries.of(1L, 2L, 3L, 0x10_0001L, (1L << 40) - 2);
        Arbitrary<Integer> offsets = Arbitraries.integers().between(0, 4095);
        Arbitrary<byte[]> bytes =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(300);
        return Combinators.combine(frames, offsets, bytes)
                .as((frame, offset, b) -> new Write((frame << 12) + offset, b))
                .list()
                .ofMaxSize(12);
    }

    @Test
    void shouldHoldLittleEndianWords() {
        memory.writeLong(0x1000, 0x8877_6655_4433_2211L);

        assertEquals(0x11, memory.readByte(0x1000));
        assertEquals(0x4433_2211, memory.readInt(0x1000));
        assertEquals(0x8877_6655, memory.readInt(0x1004));

        memory.writeInt(0x1004, -2);
        memory.writeByte(0x1001, (byte) 0xFF);

        assertEquals(0xFFFF_FFFE_4433_FF11L, memory.readLong(0x1000));
    }

    @Test
    void shouldReadZeroesWhereNothingWasWrittenAndHoldNoFrameForThem() {
        assertEquals(0, memory.readLong(0x5000));
        memory.clearFrame(0x5000);

        assertEquals(0, memory.framesInUse());
    }

    @Test
    void shouldClearOneFrameOnly() {
        memory.writeByte(0x1FFF, (byte) 1);
        memory.writeByte(0x2FFF, (byte) 2);
        memory.writeByte(0x3000, (byte) 3);

        memory.clearFrame(0x2800);

        assertEquals(1, memory.readByte(0x1FFF));
        assertEquals(0, memory.readByte(0x2FFF));
        assertEquals(3, memory.readByte(0x3000));
    }

    @Test
    void shouldKeepEveryFrameWhileItGrows() {
        int frames = 5_000;
        for (long i = 0; i < frames; i++) {
            memory.writeLong(i * 0x20_0000, i + 1);
        }
        for (long i = 0; i < frames; i++) {
            assertEquals(i + 1, memory.readLong(i * 0x20_0000));
        }
        assertEquals(frames, memory.framesInUse());
    }

    @Test
    void shouldAnswerOnlyWhereMemoryLies() {
        var bounded = new PhysicalMemory(0x8000_0000L, 0x1_0000);

        assertTrue(bounded.answers(0x8000_0000L, 8));
        assertTrue(bounded.answers(0x8000_FFF8L, 8));
        assertFalse(bounded.answers(0x8000_FFF9L, 8));
        assertFalse(bounded.answers(0x7FFF_FFFFL, 8));
        assertFalse(bounded.answers(-8L, 8));
        assertEquals(0x8001_0000L, bounded.end());
    }
}
