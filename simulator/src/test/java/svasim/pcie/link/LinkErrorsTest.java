package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** Packets with wrong bits are sent again, in order, and nobody above notices. */
class LinkErrorsTest {
    private static final long ACK_LIMIT_PS = 203_000;

    private final List<Tlp> below = new ArrayList<>();
    private final List<Tlp> above = new ArrayList<>();
    private Kernel kernel;
    private Statistics statistics;
    private Link link;

    private void build(LinkConfig config, long seed) {
        kernel = new Kernel(seed, Choices.PLAIN);
        statistics = new Statistics();
        LinkParts parts = new LinkParts(kernel, new Trace(kernel), statistics);
        Link.User upper = new Link.User((tlp, nowPs) -> above.add(tlp), nowPs -> {});
        Link.User lower = new Link.User((tlp, nowPs) -> below.add(tlp), nowPs -> {});
        link = new Link(parts, config, "rp0", new Link.Users(upper, lower));
    }

    @BeforeEach
    void plainLink() {
        build(LinkConfig.of(3, 8), 0);
    }

    private List<Tlp> send(LinkPort port, int packets) {
        List<Tlp> sent = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            Tlp tlp = Packet.write(0x1000 + 4L * i, 1, 2, 3, 4);
            sent.add(tlp);
            assertTrue(port.offer(tlp, kernel.nowPs()));
        }
        return sent;
    }

    private long count(String name) {
        return statistics.counters().get(name).value();
    }

    @Test
    void shouldSendAgainFromTheWrongPacketOn() {
        link.upper().corruptNext();
        List<Tlp> sent = send(link.upper(), 5);
        kernel.runUntilQuiet();

        assertEquals(sent, below);
        assertEquals(1, count("rp0.up.errors"));
        assertEquals(5, count("rp0.down.replays"), "and everything that came behind it");
        assertEquals(5, count("rp0.down.sent"), "each packet counts once");
        assertTrue(link.isIdle());
    }

    @Test
    void shouldAskOnceForWhatIsMissing() {
        link.upper().corruptNext();
        send(link.upper(), 1);
        kernel.run(kernel.nowPs() + ACK_LIMIT_PS, Long.MAX_VALUE);
        send(link.upper(), 3);
        kernel.runUntilQuiet();

        assertEquals(4, below.size());
        assertEquals(1, count("rp0.down.replays"));
    }

    @Test
    void shouldReplayByTimerWhenTheRequestForItIsLost() {
        link.upper().corruptNext();
        link.lower().corruptNext();
        send(link.upper(), 2);
        kernel.runUntilQuiet();

        assertEquals(2, below.size());
        assertTrue(kernel.nowPs() > new DataLinkTimes(LinkConfig.of(3, 8)).replayPs());
    }

    @Test
    void shouldThrowAwayDuplicatesWhenAnAcknowledgementIsLost() {
        link.upper().corruptNext(); // makes the sender have a replay timer at all
        send(link.upper(), 1);
        kernel.run(300_000, Long.MAX_VALUE);
        link.lower().corruptNext(); // the acknowledgement of the replay
        kernel.runUntilQuiet();

        assertEquals(1, below.size(), "taken once");
        assertEquals(2, count("rp0.down.replays"));
        assertTrue(link.isIdle());
    }

    @Test
    void shouldTellCreditsAgainWhenTheirUpdateIsLost() {
        build(LinkConfigs.withBuffers(LinkConfig.of(3, 8), 32, CreditConfig.requests(1, 16, 1)), 0);
        send(link.upper(), 1);
        kernel.run(100_000, Long.MAX_VALUE);
        link.lower().corruptNext();
        link.lower().corruptNext();
        send(link.upper(), 1);
        kernel.runUntilQuiet();

        assertEquals(2, below.size());
        assertTrue(kernel.nowPs() > DataLinkTimes.updatePs());
    }

    @Test
    void shouldRetrainAfterFourReplaysWithoutProgress() {
        send(link.upper(), 1);
        kernel.runUntilQuiet();
        long startPs = kernel.nowPs();
        for (int i = 0; i < 5; i++) {
            link.upper().corruptNext();
        }
        send(link.upper(), 1);
        kernel.runUntilQuiet();

        assertEquals(2, below.size());
        assertTrue(kernel.nowPs() - startPs > 20_000_000, "the link was in recovery");
    }

    /** Whatever is hit in both directions: everything arrives once, in order; credits come back. */
    @Property(tries = 60, seed = "1")
    void shouldDeliverEverythingOnceInOrder(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 3) Integer> plan,
            @ForAll @IntRange(min = 4, max = 40) int errorsPer100KBits,
            @ForAll @IntRange(max = 1000) int seed) {
        above.clear();
        below.clear();
        CreditConfig credits = CreditConfig.requests(4, 32, 3);
        LinkConfig config = LinkConfigs.withBuffers(LinkConfig.of(3, 8), 64, credits);
        build(LinkConfigs.withErrors(config, errorsPer100KBits * 1e-5), seed);
        List<Tlp> down = new ArrayList<>();
        List<Tlp> up = new ArrayList<>();
        for (int step : plan) {
            if (step == 3) {
                kernel.run(kernel.nowPs() + 100_000, Long.MAX_VALUE);
            } else {
                Tlp tlp = step < 2 ? Packet.write(4L * down.size(), 1, 2) : Packet.read(0, 0, 4);
                down.add(tlp);
                up.add(Packet.write(4L * up.size(), 7));
                link.upper().offer(tlp, kernel.nowPs());
                link.lower().offer(up.get(up.size() - 1), kernel.nowPs());
            }
        }
        kernel.runUntilQuiet();

        assertEquals(only(down, FlowClass.POSTED), only(below, FlowClass.POSTED));
        assertEquals(only(down, FlowClass.NON_POSTED), only(below, FlowClass.NON_POSTED));
        assertEquals(up, above);
        assertTrue(link.isIdle());
        assertEquals(4, link.upper().availableHeaders(FlowQueues.POSTED));
        assertEquals(32, link.upper().availableData(FlowQueues.POSTED));
        assertEquals(3, link.upper().availableHeaders(FlowQueues.NON_POSTED));
    }

    private static List<Tlp> only(List<Tlp> tlps, FlowClass flow) {
        return tlps.stream().filter(tlp -> tlp.flowClass() == flow).toList();
    }
}
