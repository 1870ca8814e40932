package svasim.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import svasim.kernel.Kernel;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.tlp.DecodedTlp;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpCodec;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Reads captures back with the tools that users have. */
class TlpCaptureTest {
    @TempDir Path folder;

    private final Kernel kernel = new Kernel();
    private final Trace trace = new Trace(kernel);

    @BeforeEach
    void shipTheDissector() throws IOException {
        try (InputStream script = TlpCapture.dissector()) {
            Files.copy(script, folder.resolve(TlpCapture.DISSECTOR));
        }
    }

    @Test
    void shouldShowThePrefixAndTheTranslationRequest() throws Exception {
        capture("91c12345 20000402 3b0120ff 00007f12 34567001");

        assertFields(
                "svapcie.pasid=74565 svapcie.pasid.pmr=1 svapcie.pasid.er=1 svapcie.at=1"
                        + " svapcie.ats.nw=1 svapcie.address=0x00007f1234567000"
                        + " svapcie.requester=3b:00.1 svapcie.tag=0x0020");
    }

    @Test
    void shouldShowTheEntriesOfATranslationCompletionOnly() throws Exception {
        capture(
                "91012345 20000402 3b0122ff 00007f12 34567000",
                "4a000002 00080008 3b012200 00000012 400ff83b",
                "20000002 3b0122ff 00000003 45678000",
                "4a000002 00080008 3b012200 00000012 400ff83b");

        assertEquals(
                List.of("", "0x0000001240000000|0x0000000000200000|1|1|1|1|1|0", "", ""),
                blankIfEmpty(
                        fields(
                                "svapcie.ats.entry",
                                "svapcie.ats.range",
                                "svapcie.ats.entry.r",
                                "svapcie.ats.entry.w",
                                "svapcie.ats.entry.exe",
                                "svapcie.ats.entry.priv",
                                "svapcie.ats.entry.global",
                                "svapcie.ats.entry.u")));
    }

    private static List<String> blankIfEmpty(List<String> rows) {
        return rows.stream().map(row -> row.matches("\\|*") ? "" : row).toList();
    }

    @Test
    void shouldShowInvalidations() throws Exception {
        capture(
                "91012345 72000002 00081f01 3b010000 00000000 00007f12 344ff800",
                "91012345 72000002 00080001 3b010000 00000000 7fffffff fffff801",
                "32000000 3b010002 00080002 80000020");

        assertEquals(
                List.of(
                        "0x00000001|74565|31|0x0000000000200000|0||",
                        "0x00000001|74565|0|0xffffffffffffffff|1||",
                        "0x00000002|||||2|0x80000020"),
                fields(
                        "svapcie.message",
                        "svapcie.pasid",
                        "svapcie.ats.itag",
                        "svapcie.ats.range",
                        "svapcie.ats.global",
                        "svapcie.ats.cc",
                        "svapcie.ats.itags"));
    }

    @Test
    void shouldShowPageRequestsMarkersAndResponses() throws Exception {
        capture(
                "91012345 30000000 3b010004 00007f12 345680af",
                "91012345 30000000 3b010004 00000000 00000004",
                "91012345 32000000 00080005 3b010015 00000000",
                "32000000 00080005 3b01f1ff 00000000");

        assertEquals(
                List.of(
                        "21|0x00007f1234568000|1|1|1|0|",
                        "0|0x0000000000000000|1|0|0|1|",
                        "21||||||0x00000000",
                        "511||||||0x0000000f"),
                fields(
                        "svapcie.pri.prgi",
                        "svapcie.pri.page",
                        "svapcie.pri.l",
                        "svapcie.pri.w",
                        "svapcie.pri.r",
                        "svapcie.pri.stop",
                        "svapcie.pri.code"));
    }

    @Test
    void shouldNamePortDirectionTimeAndReason() throws Exception {
        kernel.at(1_234_567, (nowPs, kind, data) -> tellOneTlpThrice(), 0, 0);
        write();

        assertEquals(
                List.of(
                        "rp0.down|0x00000002|0.000001234|ps=1234567",
                        "ep0.up|0x00000001|0.000001234|ps=1234567",
                        "ep0.up|0x00000001|0.000001234|ps=1234567 dropped: unroutable"),
                fields(
                        "frame.interface_name",
                        "frame.packet_flags_direction",
                        "frame.time_epoch",
                        "frame.comment"));
    }

    private void tellOneTlpThrice() {
        Tlp tlp = tlp("00000010 3b0107ff c0001040");
        trace.tell(Kind.TLP_SENT, trace.lane("rp0.down"), 20, 0, 0, tlp);
        trace.tell(Kind.TLP_RECEIVED, trace.lane("ep0.up"), 20, 0, 0, tlp);
        long reason = DropReason.UNROUTABLE.ordinal();
        trace.tell(Kind.TLP_DROPPED, trace.lane("ep0.up"), reason, 0, 0, tlp);
    }

    @Test
    void shouldCallATruncatedTlpMalformed() throws Exception {
        try (OutputStream out = Files.newOutputStream(file())) {
            Pcapng pcapng = new Pcapng(out);
            pcapng.section();
            pcapng.networkInterface("ep0.up");
            pcapng.packet(0, 0, bytes("91012345 20000010 3b0114ff"), 1, "");
            pcapng.packet(0, 0, bytes("91012345"), 1, "");
        }

        assertEquals(List.of("1", "1"), fields("svapcie.malformed"));
    }

    @Test
    void shouldWriteTheSameBytesAgain() throws IOException {
        capture("00000010 3b0107ff c0001040");
        byte[] first = Files.readAllBytes(file());

        TlpCaptureTest again = new TlpCaptureTest();
        again.folder = Files.createDirectory(folder.resolve("again"));
        again.capture("00000010 3b0107ff c0001040");

        assertTrue(first.length > 0);
        assertArrayEquals(first, Files.readAllBytes(again.file()));
    }

    private void capture(String... tlps) throws IOException {
        kernel.at(0, (nowPs, kind, data) -> Arrays.stream(tlps).forEach(this::tell), 0, 0);
        write();
    }

    private void tell(String hex) {
        trace.tell(Kind.TLP_SENT, trace.lane("rp0.down"), 20, 0, 0, tlp(hex));
    }

    private static Tlp tlp(String hex) {
        return ((DecodedTlp.Packet) TlpCodec.decode(bytes(hex))).tlp();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private void write() throws IOException {
        try (TlpCapture capture = new TlpCapture(trace, Files.newOutputStream(file()))) {
            trace.add(capture);
            kernel.runUntilQuiet();
        }
    }

    private Path file() {
        return folder.resolve("tlp.pcapng");
    }

    /** Asserts {@code name=value} pairs about the only frame. */
    private void assertFields(String pairs) throws Exception {
        String[] expected = pairs.split(" ");
        String[] names = Arrays.stream(expected).map(p -> p.split("=")[0]).toArray(String[]::new);
        String[] values = fields(names).get(0).split("\\|", -1);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            found.add(names[i] + "=" + values[i]);
        }
        assertEquals(List.of(expected), found);
    }

    /** What tshark sees: a row a frame, the fields between bars. */
    private List<String> fields(String... names) throws Exception {
        assumeTrue(onPath("tshark"), "tshark is not installed");
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file().toString()));
        command.addAll(List.of("-X", "lua_script:" + folder.resolve(TlpCapture.DISSECTOR)));
        command.addAll(List.of("-T", "fields", "-E", "separator=|"));
        for (String name : names) {
            command.addAll(List.of("-e", name));
        }
        Process tshark =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("tshark.err").toFile())
                        .start();
        String out = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, tshark.waitFor(), Files.readString(folder.resolve("tshark.err")));
        return out.lines().toList();
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
