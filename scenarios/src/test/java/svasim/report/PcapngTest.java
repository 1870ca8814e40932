package svasim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PcapngTest {
    private static final byte[] INVALIDATE_COMPLETION =
            HexFormat.of().parseHex("320000003b0100020008000100000020");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Pcapng file = new Pcapng(bytes);

    @Test
    void shouldWriteTheBlocksOfASmallFile() throws IOException {
        file.section();
        file.networkInterface("ep0.up");
        file.packet(0, 5_000_000_123L, INVALIDATE_COMPLETION, 2, "ps=5000000123456");

        assertEquals(
                "0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000"
                        + "010000002c0000009300000000000000020006006570302e757000000900010009000000"
                        + "000000002c000000"
                        + "06000000500000000000000001000000"
                        + "7bf2052a1000000010000000"
                        + "320000003b01000200080001000000200200040002000000"
                        + "0100100070733d35303030303030313233343536"
                        + "0000000050000000",
                HexFormat.of().formatHex(bytes.toByteArray()));
    }

    @Test
    void shouldPadCommentsAndPacketsToWords() throws IOException {
        file.packet(3, 1, new byte[] {1, 2, 3, 4, 5}, 1, "a");

        byte[] block = bytes.toByteArray();
        assertEquals(12 + 20 + 8 + 8 + 8 + 4, block.length);
        assertEquals(block.length, block[4]);
        assertEquals(5, block[20], "the captured length is not padded");
    }
}
