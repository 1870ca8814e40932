package svasim.models.dsa.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifGuardTest {
    @ParameterizedTest
    @CsvSource({
        "digits, 9, d0db, 8e3c, 2f24, 71c3",
        "zeroes, 512, 0000, 72bb, ffff, 8d44",
        "ones, 512, e6a1, 941a, 195e, 6be5",
        "counting, 512, 4f10, 3dab, b0ef, c254",
        "counting, 520, 297a, 15df, d685, ea20",
        "counting, 4096, 8f6d, 688f, 7092, 9770",
    })
    void shouldEqualTheKnownVectors(
            String data, int size, String plain, String seeded, String inverted, String both) {
        byte[] bytes = bytes(data, size);

        assertEquals(plain, guard(bytes, false, false));
        assertEquals(seeded, guard(bytes, true, false));
        assertEquals(inverted, guard(bytes, false, true));
        assertEquals(both, guard(bytes, true, true));
    }

    private static String guard(byte[] bytes, boolean seeded, boolean inverted) {
        return String.format("%04x", DifGuard.of(bytes, bytes.length, seeded, inverted));
    }

    private static byte[] bytes(String data, int size) {
        byte[] bytes = new byte[size];
        switch (data) {
            case "digits" -> bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
            case "ones" -> Arrays.fill(bytes, (byte) -1);
            case "counting" -> {
                for (int i = 0; i < size; i++) {
                    bytes[i] = (byte) i;
                }
            }
            default -> {
                // Zeroes.
            }
        }
        return bytes;
    }
}
