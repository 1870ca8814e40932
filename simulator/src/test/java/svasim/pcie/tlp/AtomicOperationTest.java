package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtomicOperationTest {
    @ParameterizedTest
    @CsvSource({
        "FETCH_ADD, ff000000, 01000000, 00010000",
        "FETCH_ADD, ffffffff, 02000000, 01000000",
        "FETCH_ADD, ffffffffffffffff, 0100000000000000, 0000000000000000",
        "SWAP, 11111111, 22222222, 22222222",
        "COMPARE_AND_SWAP, 11111111, 1111111133333333, 33333333",
        "COMPARE_AND_SWAP, 11111111, 1211111133333333, 11111111"
    })
    void shouldComputeInMemoryOrder(
            AtomicOperation operation, String old, String payload, String result) {
        HexFormat hex = HexFormat.of();

        byte[] computed = operation.apply(hex.parseHex(old), hex.parseHex(payload));

        assertArrayEquals(hex.parseHex(result), computed);
    }

    @ParameterizedTest
    @CsvSource({
        "FETCH_ADD, 4, 4",
        "FETCH_ADD, 8, 8",
        "FETCH_ADD, 12, 0",
        "FETCH_ADD, 16, 0",
        "SWAP, 8, 8",
        "COMPARE_AND_SWAP, 4, 0",
        "COMPARE_AND_SWAP, 8, 4",
        "COMPARE_AND_SWAP, 16, 8",
        "COMPARE_AND_SWAP, 32, 16",
        "COMPARE_AND_SWAP, 64, 0"
    })
    void shouldKnowTheSizesOfValues(AtomicOperation operation, int payload, int value) {
        assertEquals(value, operation.valueBytes(payload));
    }
}
