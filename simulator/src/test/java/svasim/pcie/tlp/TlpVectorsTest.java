package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static svasim.pcie.tlp.AddressType.TRANSLATED;
import static svasim.pcie.tlp.AddressType.UNTRANSLATED;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Literal packets: what the bytes are, both ways. */
class TlpVectorsTest {
    private static final int PORT = 0x0008;
    private static final int ENDPOINT = 0x3B01;
    private static final PasidPrefix PASID = new PasidPrefix(0x12345);
    private static final String COUNTING =
            "00010203 04050607 08090a0b 0c0d0e0f 10111213 14151617 18191a1b 1c1d1e1f"
                    + " 20212223 24252627 28292a2b 2c2d2e2f 30313233 34353637 38393a3b 3c3d3e3f";

    static Stream<Arguments> packets() {
        return Stream.of(memoryRequests(), configuration(), completions(), ats(), pri(), others())
                .flatMap(s -> s);
    }

    private static Stream<Arguments> memoryRequests() {
        Attributes mixed = new Attributes(3, true, true, false);
        return Stream.of(
                arguments("T01", read(0x07, 0xC0001040L, 64, null), "00000010 3b0107ff c0001040"),
                arguments(
                        "T02",
                        read(0x2A, 0x123456780L, 512, null),
                        "20000080 3b012aff 00000001 23456780"),
                arguments(
                        "T03",
                        read(0x2B, 0x7F0000001003L, 10, null),
                        "20000004 3b012b18 00007f00 00001000"),
                arguments(
                        "T04",
                        write(0xFED00046L, "aabb", UNTRANSLATED, null),
                        "40000001 3b01000c fed00044 0000aabb"),
                arguments(
                        "T05",
                        new Tlp.MemoryWrite(
                                ENDPOINT,
                                0x20_0000_0100L,
                                bytes(COUNTING.substring(0, 35)),
                                UNTRANSLATED,
                                null,
                                mixed),
                        "60342004 3b0100ff 00000020 00000100 00010203 04050607 08090a0b 0c0d0e0f"),
                arguments("T06", read(1, 0x80000000L, 0, null), "00000001 3b010100 80000000"),
                arguments(
                        "T07",
                        read(2, 0x10_0000_0000L, 4096, null),
                        "20000000 3b0102ff 00000010 00000000"),
                arguments(
                        "T08",
                        read(0x2C5, 0x10_0000_0000L, 128, null),
                        "20800020 3b01c5ff 00000010 00000000"),
                arguments(
                        "T15",
                        read(0x14, 0x7F1234567000L, 64, PASID),
                        "91012345 20000010 3b0114ff 00007f12 34567000"),
                arguments(
                        "T16",
                        read(
                                0x15,
                                0xFFFF_8000_0000_2000L,
                                128,
                                new PasidPrefix(0xABCDE, true, true)),
                        "91cabcde 20000020 3b0115ff ffff8000 00002000"),
                arguments(
                        "T17",
                        write(
                                0x7F0000000010L,
                                "1122334455667788",
                                UNTRANSLATED,
                                new PasidPrefix(1)),
                        "91000001 60000002 3b0100ff 00007f00 00000010 11223344 55667788"),
                arguments(
                        "T24",
                        write(0x345678010L, "deadbeef", TRANSLATED, null),
                        "60000801 3b01000f 00000003 45678010 deadbeef"),
                arguments(
                        "T35",
                        write(0xFEE01000L, "21400000", UNTRANSLATED, null),
                        "40000001 3b01000f fee01000 21400000"),
                arguments(
                        "fault, step 7",
                        write(0x345679000L, COUNTING, TRANSLATED, null),
                        "60000810 3b0100ff 00000003 45679000 " + COUNTING));
    }

    /** Kinds that the list of vectors leaves out; after the tables of codes. */
    private static Stream<Arguments> others() {
        Attributes plain = Attributes.DEFAULT;
        return Stream.of(
                arguments(
                        "FetchAdd",
                        new AtomicRequest(
                                ENDPOINT,
                                9,
                                AtomicOperation.FETCH_ADD,
                                0x1000,
                                bytes("01000000"),
                                UNTRANSLATED,
                                null,
                                plain),
                        "4c000001 3b01090f 00001000 01000000"),
                arguments(
                        "CAS",
                        new AtomicRequest(
                                ENDPOINT,
                                0x109,
                                AtomicOperation.COMPARE_AND_SWAP,
                                0x345678010L,
                                bytes("0100000002000000"),
                                TRANSLATED,
                                null,
                                plain),
                        "6e080802 3b0109ff 00000003 45678010 01000000 02000000"),
                arguments(
                        "IORd",
                        new IoRequest.Read(PORT, 3, 0xCF9, 1),
                        "02000001 00080302 00000cf8"),
                arguments(
                        "IOWr",
                        new IoRequest.Write(PORT, 3, 0xCF8, bytes("aabbccdd")),
                        "42000001 0008030f 00000cf8 aabbccdd"),
                arguments(
                        "MRdLk",
                        new LockedRead(PORT, 4, 0x1000, 4, plain),
                        "01000001 0008040f 00001000"),
                arguments(
                        "CplLk",
                        new LockedCompletion(
                                new Tlp.Completion(
                                        ENDPOINT,
                                        PORT,
                                        4,
                                        CompletionStatus.UNSUPPORTED_REQUEST,
                                        4,
                                        0,
                                        new byte[0],
                                        plain)),
                        "0b000000 3b012004 00080400"),
                arguments(
                        "ERR_FATAL",
                        Message.plain(ENDPOINT, MessageCode.ERR_FATAL),
                        "30000000 3b010033 00000000 00000000"),
                arguments(
                        "Assert_INTB",
                        Message.plain(ENDPOINT, MessageCode.ASSERT_INTB),
                        "34000000 3b010021 00000000 00000000"),
                arguments(
                        "PME_TO_Ack",
                        Message.plain(ENDPOINT, MessageCode.PME_TO_ACK),
                        "35000000 3b01001b 00000000 00000000"),
                arguments(
                        "vendor message by ID",
                        new Message(
                                PORT,
                                0,
                                0x7F,
                                MessageRoute.BY_ID,
                                0x3B01_1234_5566_7788L,
                                bytes("01020304"),
                                plain),
                        "72000001 0008007f 3b011234 55667788 01020304"),
                arguments(
                        "poisoned write",
                        new Tlp.MemoryWrite(
                                ENDPOINT,
                                0x1000,
                                bytes("aabbccdd"),
                                UNTRANSLATED,
                                null,
                                plain.withPoison(true)),
                        "40004001 3b01000f 00001000 aabbccdd"));
    }

    private static Stream<Arguments> configuration() {
        return Stream.of(
                arguments(
                        "T09",
                        new Tlp.ConfigurationRead(PORT, ENDPOINT, 0x11, 0, 4, false),
                        "04000001 0008110f 3b010000"),
                arguments(
                        "T10",
                        new Tlp.ConfigurationWrite(
                                PORT, ENDPOINT, 0x12, 0x146, bytes("0080"), false),
                        "44000001 0008120c 3b010144 00000080"),
                arguments(
                        "T11",
                        new Tlp.ConfigurationRead(PORT, 0x3C10, 0x13, 0x10, 4, true),
                        "05000001 0008130f 3c100010"));
    }

    private static Stream<Arguments> completions() {
        return Stream.of(
                arguments(
                        "T12",
                        completion(0x07, CompletionStatus.SUCCESS, 64, 0x40, COUNTING),
                        "4a000010 00080040 3b010740 " + COUNTING),
                arguments(
                        "T13",
                        completion(0x2A, CompletionStatus.UNSUPPORTED_REQUEST, 512, 0, ""),
                        "0a000000 00082200 3b012a00"),
                arguments(
                        "T14",
                        completion(0x2B, CompletionStatus.COMPLETER_ABORT, 10, 3, ""),
                        "0a000000 0008800a 3b012b03"),
                arguments(
                        "T20",
                        translated(0x20, "0000000345678003"),
                        "4a000002 00080008 3b012000 00000003 45678003"),
                arguments(
                        "T21",
                        translated(0x22, "00000012400ff83b"),
                        "4a000002 00080008 3b012200 00000012 400ff83b"),
                arguments(
                        "T22",
                        translated(0x23, "0000000000000000"),
                        "4a000002 00080008 3b012300 00000000 00000000"),
                arguments(
                        "T23",
                        translated(0x24, "00000000000010010000000000002407"),
                        "4a000004 00080010 3b012400 00000000 00001001 00000000 00002407"),
                arguments(
                        "fault, step 2",
                        translated(0x30, "0000000000000000"),
                        "4a000002 00080008 3b013000 00000000 00000000"),
                arguments(
                        "fault, step 6",
                        translated(0x31, "0000000345679003"),
                        "4a000002 00080008 3b013100 00000003 45679003"));
    }

    private static Stream<Arguments> ats() {
        return Stream.of(
                arguments(
                        "T18",
                        translation(0x20, 0x7F1234567000L, 1, false, PASID),
                        "91012345 20000402 3b0120ff 00007f12 34567000"),
                arguments(
                        "T19",
                        translation(0x21, 0x80004000L, 4, true, new PasidPrefix(0x42, true, false)),
                        "91800042 00000408 3b0121ff 80004001"),
                arguments(
                        "fault, step 1",
                        translation(0x30, 0x7F1234568000L, 1, false, PASID),
                        "91012345 20000402 3b0130ff 00007f12 34568000"),
                arguments(
                        "fault, step 5",
                        translation(0x31, 0x7F1234568000L, 1, false, PASID),
                        "91012345 20000402 3b0131ff 00007f12 34568000"),
                arguments(
                        "T25",
                        invalidate(5, TranslationEntry.range(0x7F1234567000L, 12), false, null),
                        "72000002 00080501 3b010000 00000000 00007f12 34567000"),
                arguments(
                        "T26",
                        invalidate(31, TranslationEntry.range(0x7F1234400000L, 21), false, PASID),
                        "91012345 72000002 00081f01 3b010000 00000000 00007f12 344ff800"),
                arguments(
                        "T27",
                        invalidate(
                                0,
                                TranslationEntry.range(0, TranslationEntry.EVERYTHING),
                                true,
                                PASID),
                        "91012345 72000002 00080001 3b010000 00000000 7fffffff fffff801"),
                arguments(
                        "fault, step 8",
                        invalidate(1, TranslationEntry.range(0x7F1234568000L, 12), false, PASID),
                        "91012345 72000002 00080101 3b010000 00000000 00007f12 34568000"),
                arguments("T28", invalidated(1, 1 << 5), "32000000 3b010002 00080001 00000020"),
                arguments(
                        "T29",
                        invalidated(2, 1 << 31 | 1 << 5),
                        "32000000 3b010002 00080002 80000020"),
                arguments(
                        "eight completions",
                        invalidated(8, 1 << 5),
                        "32000000 3b010002 00080000 00000020"),
                arguments(
                        "fault, step 9",
                        invalidated(1, 1 << 1),
                        "32000000 3b010002 00080001 00000002"));
    }

    private static Stream<Arguments> pri() {
        return Stream.of(
                arguments(
                        "T30",
                        new Tlp.PageRequest(
                                ENDPOINT, 0x7F1234568000L, 0x15, true, true, true, PASID),
                        "91012345 30000000 3b010004 00007f12 345680af"),
                arguments(
                        "T31",
                        new Tlp.PageRequest(ENDPOINT, 0x80005000L, 0x1FF, false, false, true, null),
                        "30000000 3b010004 00000000 80005ff9"),
                arguments(
                        "T32",
                        new Tlp.PageRequest(ENDPOINT, 0, 0, true, false, false, PASID),
                        "91012345 30000000 3b010004 00000000 00000004"),
                arguments(
                        "T33",
                        new Tlp.PageGroupResponse(PORT, ENDPOINT, 0x15, 0, PASID),
                        "91012345 32000000 00080005 3b010015 00000000"),
                arguments(
                        "DMWr of 8 bytes, 4 DW header",
                        new Tlp.DeferrableWrite(
                                PORT,
                                5,
                                0x2000_0000_0040L,
                                bytes("0011223344556677"),
                                UNTRANSLATED,
                                null,
                                Attributes.DEFAULT),
                        "7b000002 "
                                + String.format("%04x05ff", PORT)
                                + " 00002000 00000040 00112233 44556677"),
                arguments(
                        "T34",
                        new Tlp.PageGroupResponse(PORT, ENDPOINT, 0x1FF, 0xF, null),
                        "32000000 00080005 3b01f1ff 00000000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packets")
    void shouldEncodeAsTheVectorSays(String id, Tlp tlp, String bytes) {
        assertEquals(bytes, words(TlpCodec.encode(tlp)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packets")
    void shouldDecodeTheVector(String id, Tlp tlp, String bytes) {
        SameTlp.assertSame(tlp, TlpCodec.decode(bytes(bytes)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packets")
    void shouldNeedEightBytesOfFramingOnTheWire(String id, Tlp tlp, String bytes) {
        assertEquals(bytes(bytes).length + 8, TlpSize.wireBytes(tlp));
    }

    private static Tlp read(int tag, long address, int bytes, PasidPrefix pasid) {
        return new Tlp.MemoryRead(
                ENDPOINT, tag, address, bytes, UNTRANSLATED, pasid, Attributes.DEFAULT);
    }

    private static Tlp write(long address, String data, AddressType type, PasidPrefix pasid) {
        return new Tlp.MemoryWrite(ENDPOINT, address, bytes(data), type, pasid, Attributes.DEFAULT);
    }

    private static Tlp completion(
            int tag, CompletionStatus status, int byteCount, int lower, String data) {
        return new Tlp.Completion(
                PORT, ENDPOINT, tag, status, byteCount, lower, bytes(data), Attributes.DEFAULT);
    }

    private static Tlp translated(int tag, String entries) {
        return completion(tag, CompletionStatus.SUCCESS, entries.length() / 2, 0, entries);
    }

    private static Tlp translation(
            int tag, long address, int entries, boolean noWrite, PasidPrefix pasid) {
        return new Tlp.TranslationRequest(
                ENDPOINT, tag, address, entries, noWrite, pasid, Attributes.DEFAULT);
    }

    private static Tlp invalidate(int itag, long range, boolean global, PasidPrefix pasid) {
        boolean sized = (range & TranslationEntry.SIZE) != 0;
        return new Tlp.InvalidateRequest(PORT, ENDPOINT, itag, range & -4096, sized, global, pasid);
    }

    private static Tlp invalidated(int count, int itags) {
        return new Tlp.InvalidateCompletion(ENDPOINT, PORT, count, itags, Attributes.DEFAULT);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static String words(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{8})(?=.)", "$1 ");
    }
}
