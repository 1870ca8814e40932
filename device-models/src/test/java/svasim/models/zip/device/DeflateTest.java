package svasim.models.zip.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DeflateTest {
    private static final int MOST = 80_000;

    /** Bytes of few values, in runs, so that there are matches of all lengths and distances. */
    @Provide
    Arbitrary<byte[]> texts() {
        return Arbitraries.integers()
                .between(0, 3)
                .list()
                .ofMaxSize(600)
                .map(DeflateTest::withRuns);
    }

    private static byte[] withRuns(Iterable<Integer> values) {
        byte[] text = new byte[MOST];
        int length = 0;
        for (int value : values) {
            int run = 1 + (value * 97 + length) % 300;
            Arrays.fill(text, length, Math.min(length + run, MOST), (byte) (value * 71));
            length = Math.min(length + run, MOST);
        }
        return Arrays.copyOf(text, length);
    }

    @Property(tries = 200)
    void shouldBeWhatEveryInflaterUnderstands(@ForAll("texts") byte[] text)
            throws DataFormatException {
        assertArrayEquals(text, inflated(Deflate.of(text), text.length));
    }

    @Property(tries = 200)
    void shouldKeepAnyBytes(@ForAll byte[] bytes) throws DataFormatException {
        assertArrayEquals(bytes, inflated(Deflate.of(bytes), bytes.length));
    }

    @Test
    void shouldShortenWhatRepeatsAndLengthenWhatDoesNot() {
        byte[] zeroes = new byte[4096];
        byte[] high = new byte[256];
        for (int i = 0; i < high.length; i++) {
            high[i] = (byte) i;
        }

        assertTrue(Deflate.of(zeroes).length < 50);
        assertTrue(Deflate.of(high).length > high.length);
    }

    @Test
    void shouldBeginAFinalBlockOfFixedCodes() {
        assertEquals(0b011, Deflate.of(new byte[1])[0] & 0b111);
    }

    private static byte[] inflated(byte[] stream, int length) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(stream);
        byte[] made = new byte[length + 1];
        int count = inflater.inflate(made);
        assertTrue(inflater.finished());
        inflater.end();
        return Arrays.copyOf(made, count);
    }
}
