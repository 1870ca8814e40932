package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkFrameTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "0x000, 000000103b0107ffc0001040, fb0000000000103b0107ffc0001040da35999efd",
        "0xFFF, 91012345200000103b0114ff00007f1234567000,"
                + "fb0fff91012345200000103b0114ff00007f123456700095ff56bdfd"
    })
    void shouldFrameAPacketInSymbols(String sequence, String tlp, String frame) {
        byte[] bytes = LinkFrame.symbols(Integer.decode(sequence), HEX.parseHex(tlp));

        assertEquals(frame, HEX.formatHex(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0x123, 7200000200080501 3b01000000000000 00007f1234567000, c96b7af7"})
    void shouldProtectSequenceNumberAndPacket(String sequence, String tlp, String lcrc) {
        byte[] packet = HEX.parseHex(tlp.replace(" ", ""));

        assertEquals(lcrc, HEX.formatHex(LinkFrame.lcrc(Integer.decode(sequence), packet)));
    }
}
