package svasim.models.dsa.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc32cTest {
    @ParameterizedTest(name = "{0}: {1} {2} {3} {4} {5} {6}")
    @CsvSource({
        "digits, e3069283, a71c05df, 045fc71a, 3eb69f38, a8f022a0, fabbf0ea",
        "zeroes, 8a9136aa, ffffffff, 00000000, aa9376ae, 8a9136aa, aa9376ae",
        "ones,   62a8ab43, 17c66216, 97b99c17, 3d2aeab9, 62a8ab43, 3d2aeab9",
        "rising, 46dd794e, 33b3b01b, 27f23233, 8d61449d, 29b1e0f6, 90f8726b",
        "page,   9c71fe32, fb774044, ddfd1120, b38071c6, d34dd770, f1144d34"
    })
    void shouldGiveTheKnownValuesForAllBypasses(
            String data,
            String plain,
            String ones,
            String raw,
            String rawOnes,
            String data18,
            String both) {
        byte[] bytes = bytes(data);

        assertEquals(plain, crc(bytes, 0, false, false));
        assertEquals(ones, crc(bytes, -1, false, false));
        assertEquals(raw, crc(bytes, 0, true, false));
        assertEquals(rawOnes, crc(bytes, -1, true, false));
        assertEquals(data18, crc(bytes, 0, false, true));
        assertEquals(both, crc(bytes, -1, true, true));
    }

    @ParameterizedTest
    @CsvSource({"1234, 56789, f63af4ee, e3069283"})
    void shouldGoOnFromItsOwnResult(String head, String tail, String middle, String end) {
        String first = crc(head.getBytes(StandardCharsets.US_ASCII), 0, false, false);
        int seed = Integer.parseUnsignedInt(first, 16);

        assertEquals(middle, first);
        assertEquals(end, crc(tail.getBytes(StandardCharsets.US_ASCII), seed, false, false));
    }

    private static String crc(byte[] bytes, int seed, boolean inversion, boolean reflection) {
        Crc32c crc = new Crc32c(seed, inversion, reflection);
        crc.update(bytes, bytes.length);
        return String.format("%08x", crc.value());
    }

    private static byte[] bytes(String name) {
        return switch (name) {
            case "digits" -> "123456789".getBytes(StandardCharsets.US_ASCII);
            case "zeroes" -> new byte[32];
            case "ones" -> {
                byte[] ones = new byte[32];
                Arrays.fill(ones, (byte) -1);
                yield ones;
            }
            case "rising" -> rising(32);
            case "page" -> rising(4096);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] rising(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
