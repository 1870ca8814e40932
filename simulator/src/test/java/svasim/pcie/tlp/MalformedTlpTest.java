package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a receiver must not accept. */
class MalformedTlpTest {
    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource({
        "read over 4 KiB, CROSSES_4K, 20000002 3b0100ff 00000001 00000ffc",
        "write with one enable field, BYTE_ENABLES, 40000004 3b01000f 00001000"
                + " 00000000 00000000 00000000 00000000",
        "one word with last enables, BYTE_ENABLES, 40000001 3b0100ff 00001000 00000000",
        "gap in a long write, BYTE_ENABLES, 40000003 3b0100fd 00001000 00000000 00000000 00000000",
        "prefix and nothing, TRUNCATED, 91012345",
        "prefix and half a header, TRUNCATED, 91012345 20000010 3b0114ff",
        "nothing, TRUNCATED, ''",
        "local behind end-end, PREFIX_ORDER,"
                + " 91012345 8e000000 20000010 3b0114ff 00007f12 34567000",
        "five prefixes, TOO_MANY_PREFIXES, 9e000000 9e000000 9e000000 9e000000 9e000000"
                + " 00000010 3b0107ff c0001040",
        "two PASIDs, TOO_MANY_PREFIXES, 91012345 91012345 00000010 3b0107ff c0001040",
        "PASID on a completion, PREFIX_NOT_ALLOWED,"
                + " 91012345 4a000001 00080004 3b010700 00000000",
        "PASID on an invalidate completion, PREFIX_NOT_ALLOWED,"
                + " 91012345 32000000 3b010002 00080001 00000020",
        "PASID on configuration, PREFIX_NOT_ALLOWED, 91012345 04000001 0008110f 3b010000",
        "translation of one word and a half, LENGTH, 20000403 3b0120ff 00007f12 34567000",
        "translation of length 0, LENGTH, 20000400 3b0120ff 00007f12 34567000",
        "translation with enables, BYTE_ENABLES, 20000402 3b01200f 00007f12 34567000",
        "write that asks for a translation, ADDRESS_TYPE," + " 40000401 3b01000f 00001000 00000000",
        "data missing, LENGTH, 40000002 3b0100ff 00001000 00000000",
        "data left over, LENGTH, 00000001 3b01000f 00001000 00000000",
        "completion longer than its count, LENGTH, 4a000002 00080004 3b010700 00000000 00000000",
        "configuration of two words, LENGTH, 04000002 0008110f 3b010000",
        "three words of message, UNKNOWN_TYPE, 12000000 3b010002 00080001",
        "undefined format, UNKNOWN_TYPE, a0000000 3b010002 00080001 00000000",
        "IO of two words, LENGTH, 02000002 3b0100ff 00001000",
        "IO read without bytes, NOT_MODELLED, 02000001 3b010000 00001000",
        "PASID on IO, PREFIX_NOT_ALLOWED, 91012345 02000001 3b01000f 00001000",
        "PASID on a locked read, PREFIX_NOT_ALLOWED, 91012345 01000001 3b01000f 00001000",
        "locked write, UNKNOWN_TYPE, 41000001 3b01000f 00001000 00000000",
        "add without operand, UNKNOWN_TYPE, 0c000001 3b01000f 00001000",
        "add of three words, LENGTH, 4c000003 3b0100ff 00001000 00000001 00000002 00000003",
        "compare with one operand, LENGTH, 4e000001 3b01000f 00001000 00000001",
        "add of eight bytes at four, ALIGNMENT, 4c000002 3b0100ff 00001004 00000001 00000000",
        "add that asks for a translation, ADDRESS_TYPE, 4c000401 3b01000f 00001000 00000001",
        "deferrable read, UNKNOWN_TYPE, 1b000001 3b01000f 00001000",
        "IO with a long address, UNKNOWN_TYPE, 22000001 3b01000f 00000001 00001000",
        "poisoned invalidate request, NOT_MODELLED,"
                + " 72004002 00080501 3b010000 00000000 00007f12 34567000",
        "bytes with a gap, NOT_MODELLED, 40000001 3b010005 00001000 00000000",
        "page request by ID, ROUTING, 32000000 3b010004 00000000 80005ff9",
        "error message by ID, ROUTING, 32000000 3b010030 00000000 00000000",
        "reserved route, ROUTING, 36000000 3b01007e 00000000 00000000",
        "error message with data, LENGTH, 70000001 3b010030 00000000 00000000 00000000",
        "slot power limit without data, LENGTH, 34000000 3b010050 00000000 00000000",
        "PASID on a power management message, PREFIX_NOT_ALLOWED,"
                + " 91012345 30000000 3b010018 00000000 00000000",
        "read over 4 KiB in one word pair of 13.4, CROSSES_4K,"
                + " 20000002 3b01073c 00000001 00000ffc"
    })
    void shouldName(String what, MalformedTlp reason, String hex) {
        assertEquals(reason, TlpCodec.decode(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @Test
    void shouldRejectDataOverMaxPayload() {
        var write =
                new Tlp.MemoryWrite(
                        1,
                        0x1000,
                        new byte[4096],
                        AddressType.UNTRANSLATED,
                        null,
                        Attributes.DEFAULT);

        byte[] bytes = TlpCodec.encode(write);

        assertEquals(0, bytes[3], "Length 0 stands for 1024 words");
        assertEquals(MalformedTlp.OVER_MAX_PAYLOAD, TlpCodec.decode(bytes, 256));
        SameTlp.assertSame(write, TlpCodec.decode(bytes));
    }

    @Test
    void shouldLeaveReservedAddressTypeToTheRootComplex() {
        byte[] bytes = HexFormat.of().parseHex("00000c013b01000f00001000");

        var packet = assertInstanceOf(DecodedTlp.Packet.class, TlpCodec.decode(bytes));

        assertEquals(AddressType.RESERVED, ((Tlp.MemoryRead) packet.tlp()).addressType());
    }

    @Test
    void shouldSkipDigestAndForeignPrefixes() {
        byte[] bytes =
                HexFormat.of().parseHex("8e000000900000000000801" + "03b0107ffc000104012345678");

        var packet = assertInstanceOf(DecodedTlp.Packet.class, TlpCodec.decode(bytes));

        assertEquals(64, ((Tlp.MemoryRead) packet.tlp()).bytes());
    }
}
