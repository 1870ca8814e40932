package svasim.models.gpu.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import svasim.models.gpu.config.GpuWork.Kernel;
import svasim.models.gpu.layout.Packet;

/** Wavefronts on arrays, against what the kernel should make of them. */
class WaveProgramTest {
    private static final long FROM = 0x1_0000_0000L;
    private static final long INTO = 0x2_0000_0000L;
    private static final long INDEX = 0x3_0000_0000L;

    @Property(tries = 300)
    void shouldMakeWhatTheKernelPromises(
            @ForAll Kernel kernel,
            @ForAll @IntRange(min = 1, max = 700) int elements,
            @ForAll @IntRange(min = 1, max = 9) int parameter,
            @ForAll long seed) {
        Random random = new Random(seed);
        long[] from = random.longs(elements).toArray();
        long[] index = random.longs((long) elements * parameter).toArray();
        long[] into = new long[elements];
        Packet packet = new Packet(kernel, elements, FROM, INTO, INDEX, parameter, 0);

        for (long wave = 0; wave < WaveProgram.waves(packet); wave++) {
            run(WaveProgram.of(packet, wave * WaveProgram.LANES), from, index, into);
        }

        Expected expected = new Expected(packet, i -> from[(int) i], i -> index[(int) i]);
        long[] wanted = new long[elements];
        for (int i = 0; i < elements; i++) {
            wanted[i] = expected.at(i);
        }
        assertArrayEquals(wanted, into);
    }

    private static void run(WaveProgram program, long[] from, long[] index, long[] into) {
        long[] loaded = new long[WaveProgram.LANES];
        for (Instruction next = program.next(loaded); next != null; next = program.next(loaded)) {
            for (int lane = 0; lane < next.lanes(); lane++) {
                long address = next.addresses()[lane];
                if (next.write()) {
                    into[element(address, INTO)] = next.values()[lane];
                } else if (address >= INDEX) {
                    loaded[lane] = index[element(address, INDEX)];
                } else {
                    loaded[lane] = from[element(address, FROM)];
                }
            }
        }
    }

    private static int element(long address, long base) {
        return (int) ((address - base) / Long.BYTES);
    }

    @Test
    void shouldMirrorASquareMatrix() {
        Packet packet = new Packet(Kernel.TRANSPOSE, 9, FROM, INTO, 0, 0, 0);
        Expected expected = new Expected(packet, i -> 10 * i, null);

        assertEquals(31, expected.at(1), "row 0, column 1 comes from row 1, column 0");
        assertEquals(11, expected.at(3));
        assertEquals(41, expected.at(4));
    }

    @Test
    void shouldFollowAChain() {
        long[] next = {2, 0, 1, 7};
        Packet packet = new Packet(Kernel.CHASE, 4, FROM, INTO, 0, 3, 0);

        assertEquals(0, new Expected(packet, i -> next[(int) i], null).at(0), "0 -> 2 -> 1 -> 0");
    }

    @Test
    void shouldAddTheNeighboursOfANode() {
        long[] values = {1, 10, 100};
        long[] neighbours = {1, 2, 0, 0, 2, 5};
        Packet packet = new Packet(Kernel.GRAPH, 3, FROM, INTO, INDEX, 2, 0);
        Expected expected = new Expected(packet, i -> values[(int) i], i -> neighbours[(int) i]);

        assertEquals(110, expected.at(0));
        assertEquals(2, expected.at(1));
        assertEquals(200, expected.at(2), "5 names element 2");
    }

    @Test
    void shouldHaveFewerLanesAtTheEnd() {
        Packet packet = new Packet(Kernel.STREAM, 70, FROM, INTO, 0, 0, 0);

        assertEquals(2, WaveProgram.waves(packet));
        Instruction last = WaveProgram.of(packet, 64).next(new long[WaveProgram.LANES]);
        assertEquals(6, last.lanes());
        assertTrue(last.addresses()[5] == FROM + 69 * Long.BYTES);
    }
}
