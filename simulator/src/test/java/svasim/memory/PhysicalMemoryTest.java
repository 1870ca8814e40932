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

    /** Frames of a view lie in reverse order in the memory behind it. */
    private static PhysicalMemory view(PhysicalMemory behind, long frames) {
        return new PhysicalMemory(
                0,
                frames * PhysicalMemory.FRAME_BYTES,
                frame -> behind.share((frames - 1 - frame) * PhysicalMemory.FRAME_BYTES));
    }

    private static long behind(long address, long frames) {
        long offset = address & PhysicalMemory.FRAME_BYTES - 1;
        return (frames - 1 - (address >>> PhysicalMemory.FRAME_SHIFT)) * PhysicalMemory.FRAME_BYTES
                + offset;
    }

    @Property(tries = 300, seed = "43")
    void shouldShowInAViewTheBytesOfTheMemoryBehindIt(@ForAll("words") List<Long> words) {
        long frames = 8;
        var memory = new PhysicalMemory();
        var view = view(memory, frames);
        var model = new PhysicalMemory();
        for (long word : words) {
            long address = word & frames * PhysicalMemory.FRAME_BYTES - 1 & -Long.BYTES;
            switch ((int) (word >>> 60 & 3)) {
                case 0 -> view.writeLong(address, word);
                case 1 -> memory.writeLong(behind(address, frames), word);
                case 2 -> view.writeInt(address, (int) word);
                default -> view.forget(address);
            }
            if ((word >>> 60 & 3) < 2) {
                model.writeLong(address, word);
            } else if ((word >>> 60 & 3) == 2) {
                model.writeInt(address, (int) word);
            }
            assertEquals(model.readLong(address), view.readLong(address));
            assertEquals(model.readLong(address), memory.readLong(behind(address, frames)));
        }
    }

    @Provide
    Arbitrary<List<Long>> words() {
        return Arbitraries.longs().list().ofMaxSize(64);
    }

    @Test
    void shouldAskForAFrameOfAViewOnceUntilItIsForgotten() {
        int[] asked = new int[1];
        var view =
                new PhysicalMemory(
                        0,
                        1 << 20,
                        frame -> {
                            asked[0]++;
                            return memory.share(asked[0] * 4096L);
                        });
        view.writeLong(0x1000, 5);
        view.readLong(0x2000);
        assertEquals(5, view.readLong(0x1000));
        assertEquals(2, asked[0]);
        view.forget(0x1000);
        assertEquals(0, view.readLong(0x1000));
        assertEquals(5, memory.readLong(0x1000));
        view.forgetAll();
        view.writeByte(0x2001, (byte) 1);
        assertEquals(4, asked[0]);
    }
}
