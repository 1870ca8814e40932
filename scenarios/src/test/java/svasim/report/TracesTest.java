package svasim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.Trace;

class TracesTest {
    private static final Tlp READ =
            new Tlp.MemoryRead(
                    0x0108,
                    1,
                    0x2000,
                    64,
                    AddressType.UNTRANSLATED,
                    new PasidPrefix(7),
                    Attributes.DEFAULT);

    private final Kernel kernel = new Kernel();
    private final Trace trace = new Trace(kernel);
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void later() {
        kernel.at(1_500_000, (nowPs, kind, data) -> happen(), 0, 0);
    }

    private void happen() {
        trace.tell(Kind.STEP, trace.lane("app"), 1, 0, 250_000, "open/bind");
        trace.tell(Kind.TLP_SENT, trace.lane("port0"), 28, 0, 0, READ);
        trace.tell(Kind.CUT, trace.lane("os"), 7, 0x0108, 1);
    }

    @Test
    void shouldListTlpsWithTheirBytes() throws IOException {
        try (TlpListing listing = new TlpListing(trace, out)) {
            trace.add(listing);
            kernel.runUntilQuiet();
        }

        assertEquals("1500000 port0 tx MRd 91000007 00000010 010801ff 00002000\n", out.toString());
    }

    @Test
    void shouldListWhatWasReceivedWronglyAndAskedForAgain() throws IOException {
        kernel.at(2_000_000, (nowPs, kind, data) -> wrongBit(), 0, 0);
        try (TlpListing listing = new TlpListing(trace, out)) {
            trace.add(listing);
            kernel.runUntilQuiet();
        }

        String[] lines = out.toString().split("\n");
        assertTrue(lines[1].startsWith("2000000 port1 bad MRd 91000007 "), lines[1]);
        assertTrue(lines[1].matches(".* seq 259 lcrc [0-9a-f]{8}"), lines[1]);
        assertEquals("2000000 port0 rx Nak 10000102aacd", lines[2]);
        assertEquals(3, lines.length, "nobody has asked after a time-out");
    }

    private void wrongBit() {
        trace.tell(Kind.LINK_ERROR, trace.lane("port1"), 0x103, 0, 0, READ);
        trace.tell(Kind.LINK_REPLAYED, trace.lane("port0"), 0x103, 1, 0);
        trace.tell(Kind.LINK_REPLAYED, trace.lane("port0"), 0x103, 0, 0);
    }

    @Test
    void shouldWriteEventsForPerfetto() throws IOException {
        try (PerfettoTrace perfetto = new PerfettoTrace(trace, Sentences.plain(Namer.NONE), out)) {
            trace.add(perfetto);
            kernel.runUntilQuiet();
        }

        JsonNode events = new ObjectMapper().readTree(out.toString()).get("traceEvents");
        assertEquals("thread_name", events.get(0).get("name").asText());
        assertEquals("app", events.get(0).get("args").get("name").asText());
        JsonNode step = events.get(1);
        assertEquals("X", step.get("ph").asText());
        assertEquals("open/bind", step.get("name").asText());
        assertEquals(1.5, step.get("ts").asDouble());
        assertEquals(0.25, step.get("dur").asDouble());
        assertEquals(3, events.get(5).get("args").get("id").asInt());
        assertEquals(2, events.get(5).get("args").get("cause").asInt());
    }

    @Test
    void shouldDrawArrowsFromTheCause() throws IOException {
        try (MermaidSequence sequence =
                new MermaidSequence(trace, Sentences.plain(Namer.NONE), out)) {
            trace.add(sequence);
            kernel.runUntilQuiet();
        }

        assertTrue(out.toString().startsWith("sequenceDiagram\n    participant p1 as port0\n"));
        assertTrue(
                out.toString()
                        .contains(
                                "    p1->>p2: 1.500 us PASID 7 is cut at 01:01.0: requests with"
                                        + " it find nothing\n"),
                out.toString());
    }
}
