package svasim.models.gpu.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import svasim.device.Words;
import svasim.models.gpu.pattern.Instruction;

class CoalescerTest {
    private static final int LINE = 64;
    private final Coalescer coalescer = new Coalescer(true);

    @Test
    void shouldReadAWaveOfNeighboursAsEightLines() {
        assertEquals(8, coalescer.pieces(read(neighbours(0x1000))).size());
    }

    @Test
    void shouldNotJoinAcrossLines() {
        List<Piece> pieces = coalescer.pieces(read(0x1038, 0x1040));

        assertEquals(2, pieces.size());
    }

    @Test
    void shouldServeAllLanesOfOneAddressOnce() {
        long[] same = new long[64];
        Arrays.fill(same, 0x2000);

        List<Piece> pieces = coalescer.pieces(read(same));

        assertEquals(1, pieces.size());
        assertEquals(64, pieces.get(0).lanes().length);
        assertEquals(Long.BYTES, pieces.get(0).bytes().length);
    }

    @Test
    void shouldNotWriteWhatLiesBetween() {
        long[] addresses = {0x1000, 0x1010};

        assertEquals(1, coalescer.pieces(read(addresses)).size());
        assertEquals(2, coalescer.pieces(write(addresses, 1, 2)).size());
    }

    @Test
    void shouldLetTheLastLaneWinWhereTwoWriteTheSame() {
        Piece piece = coalescer.pieces(write(new long[] {0x1000, 0x1000}, 7, 9)).get(0);

        assertEquals(9, Words.u64(piece.bytes(), 0));
    }

    @Test
    void shouldMakeAnAccessOfEachLaneWhereItIsOff() {
        assertEquals(64, new Coalescer(false).pieces(read(neighbours(0))).size());
    }

    @Property
    void shouldServeEveryLaneWithItsOwnBytes(
            @ForAll @Size(min = 1, max = 64) List<@IntRange(max = 400) Integer> words,
            @ForAll boolean writes,
            @ForAll boolean joins) {
        long[] addresses = words.stream().mapToLong(word -> 0x4000 + 8L * word).toArray();
        long[] values = words.stream().mapToLong(word -> word * 77L).toArray();
        Instruction instruction = new Instruction(writes, addresses, writes ? values : null);
        Map<Long, Long> memory = new TreeMap<>();
        long[] loaded = new long[64];

        for (Piece piece : new Coalescer(joins).pieces(instruction)) {
            assertTrue(
                    piece.address() / LINE == (piece.address() + piece.bytes().length - 1) / LINE);
            if (!writes) {
                for (int offset = 0; offset < piece.bytes().length; offset += 8) {
                    long word = (piece.address() + offset - 0x4000) / 8;
                    Words.put(piece.bytes(), offset, 8, word * 77);
                }
                piece.deliver(instruction, loaded);
            } else {
                for (int offset = 0; offset < piece.bytes().length; offset += 8) {
                    memory.put(piece.address() + offset, Words.u64(piece.bytes(), offset));
                }
            }
        }

        if (writes) {
            Map<Long, Long> expected = new TreeMap<>();
            for (int lane = 0; lane < addresses.length; lane++) {
                expected.put(addresses[lane], values[lane]);
            }
            assertEquals(expected, memory);
        } else {
            assertArrayEquals(values, Arrays.copyOf(loaded, values.length));
        }
    }

    private static long[] neighbours(long base) {
        long[] addresses = new long[64];
        for (int lane = 0; lane < addresses.length; lane++) {
            addresses[lane] = base + 8L * lane;
        }
        return addresses;
    }

    private static Instruction read(long... addresses) {
        return new Instruction(false, addresses, null);
    }

    private static Instruction write(long[] addresses, long... values) {
        return new Instruction(true, addresses, values);
    }
}
