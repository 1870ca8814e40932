package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Trace;
import svasim.units.Picoseconds;

class LinkTest {
    private static final long FLIGHT_PS = 50_000;
    private static final long LATENESS_PS = 700_000;

    private static final long READ_PS = 2540; // 12 + 8 bytes at generation 3, eight lanes

    /** Credits wait for company as long as an acknowledgement does; then eight bytes are sent. */
    private static final long UPDATE_HELD_PS = 203_000;

    private static final long UPDATE_PS = 1016;

    private final List<Tlp> arrived = new ArrayList<>();
    private final Set<FlowClass> refused = EnumSet.noneOf(FlowClass.class);
    private int readyCalls;
    private Kernel kernel = new Kernel();
    private Link link;

    private LinkPort port(CreditConfig credits, int queue, Choices choices) {
        LinkConfig timed =
                LinkConfigs.withTimes(
                        LinkConfig.of(3, 8),
                        new Picoseconds(FLIGHT_PS),
                        new Picoseconds(LATENESS_PS));
        return port(LinkConfigs.withBuffers(timed, queue, credits), choices);
    }

    private LinkPort port(LinkConfig config, Choices choices) {
        kernel = new Kernel(0, choices);
        LinkParts parts = new LinkParts(kernel, new Trace(kernel), new Statistics());
        Link.User above = new Link.User(this::nothing, nowPs -> readyCalls++);
        Link.User below = new Link.User(this::receive, nowPs -> {});
        link = new Link(parts, config, "rp0", new Link.Users(above, below));
        return link.upper();
    }

    private LinkPort port() {
        return port(new CreditConfig(), 32, Choices.PLAIN);
    }

    private boolean nothing(Tlp tlp, long nowPs) {
        throw new AssertionError("nothing is sent upwards");
    }

    private boolean receive(Tlp tlp, long nowPs) {
        return !refused.contains(tlp.flowClass()) && arrived.add(tlp);
    }

    @Test
    void shouldTellWhoWaitsForCreditsAndWhoIsRefused() {
        LinkPort port = port(CreditConfig.requests(64, 16, 64), 32, Choices.PLAIN);
        refused.add(FlowClass.POSTED);
        for (int i = 0; i < 12; i++) {
            port.offer(Packet.write(0x1000, new byte[64], null), 0);
        }
        kernel.runUntilQuiet();

        assertEquals(
                List.of(
                        "rp0.down: 8 posted packets wait for credits",
                        "rp0.up: 4 packets that came in are not taken"),
                link.waitingFor());

        refused.clear();
        link.lower().retry(kernel.nowPs());
        kernel.runUntilQuiet();
        assertEquals(12, arrived.size());
        assertEquals(List.of(), link.waitingFor());
    }

    @Test
    void shouldArriveAfterSerialisationAndFlight() {
        port().offer(Packet.read(1, 0x1000, 64), 0);

        kernel.run(READ_PS + FLIGHT_PS - 1, Long.MAX_VALUE);
        assertEquals(0, arrived.size());
        kernel.run(READ_PS + FLIGHT_PS, Long.MAX_VALUE);
        assertEquals(1, arrived.size());
    }

    @Test
    void shouldRefuseWhenTheQueueIsFullAndTellWhenThereIsRoom() {
        LinkPort port = port(new CreditConfig(), 2, Choices.PLAIN);

        assertTrue(port.offer(Packet.read(0, 0, 4), 0), "on the wire");
        assertTrue(port.offer(Packet.read(1, 0, 4), 0), "waits");
        assertTrue(port.offer(Packet.read(2, 0, 4), 0), "waits");
        assertFalse(port.offer(Packet.read(3, 0, 4), 0));
        assertTrue(port.offer(Packet.write(0, 1), 0), "another flow class");
        assertEquals(0, readyCalls);

        kernel.runUntilQuiet();
        assertEquals(1, readyCalls);
        assertEquals(4, arrived.size());
    }

    @Test
    void shouldHoldBackWhatTheReceiverHasNoCreditsFor() {
        LinkPort port = port(CreditConfig.requests(64, 16, 1), 32, Choices.PLAIN);
        refused.add(FlowClass.NON_POSTED);
        port.offer(Packet.read(1, 0, 4), 0);
        port.offer(Packet.read(2, 0, 4), 0);
        port.offer(Packet.completion(3, 4), 0);
        kernel.runUntilQuiet();

        assertEquals(List.of(FlowClass.COMPLETION), classes(), "passes the reads");

        refused.clear();
        link.lower().retry(kernel.nowPs());
        assertEquals(2, arrived.size(), "the first read was there already");
        long roundTripPs =
                kernel.nowPs() + UPDATE_HELD_PS + UPDATE_PS + FLIGHT_PS + READ_PS + FLIGHT_PS;
        kernel.run(roundTripPs - 1, Long.MAX_VALUE);
        assertEquals(2, arrived.size());
        kernel.run(roundTripPs, Long.MAX_VALUE);
        assertEquals(3, arrived.size());
        assertFalse(link.isIdle(), "the last packet is not acknowledged yet");
        kernel.runUntilQuiet();
        assertTrue(link.isIdle());
    }

    @Test
    void shouldCountDataCreditsInUnitsOfSixteenBytes() {
        LinkPort port = port(CreditConfig.requests(64, 16, 64), 32, Choices.PLAIN);
        refused.add(FlowClass.POSTED);
        port.offer(Packet.write(0, new byte[128], null), 0);
        port.offer(Packet.write(0, new byte[112], null), 0);
        port.offer(Packet.write(0, new byte[17], null), 0);
        kernel.runUntilQuiet();
        refused.clear();
        link.lower().retry(kernel.nowPs());

        assertEquals(2, arrived.size(), "15 of 16 credits are taken, the third needs 2");
        kernel.runUntilQuiet();
        assertEquals(3, arrived.size());
    }

    @Test
    void shouldLetPostedPacketsPassWhatIsStuck() {
        LinkPort port = port();
        refused.add(FlowClass.NON_POSTED);
        refused.add(FlowClass.COMPLETION);
        port.offer(Packet.read(1, 0, 4), 0);
        port.offer(Packet.completion(2, 4), 0);
        port.offer(Packet.write(0, 1), 0);
        kernel.runUntilQuiet();

        assertEquals(List.of(FlowClass.POSTED), classes());
    }

    @Test
    void shouldLetNothingPassAStuckPostedPacket() {
        LinkPort port = port();
        refused.add(FlowClass.POSTED);
        port.offer(Packet.write(0, 1), 0);
        port.offer(Packet.read(1, 0, 4), 0);
        port.offer(Packet.completion(2, 4), 0);
        kernel.runUntilQuiet();

        assertEquals(List.of(), classes());
    }

    @Test
    void shouldDeliverACompletionLateWithinItsRange() {
        Choices late =
                (site, occurrence, lane, options) -> site.name().endsWith("completion") ? 1 : 0;
        LinkPort port = port(new CreditConfig(), 32, late);
        port.offer(Packet.completion(1, 4), 0);
        port.offer(Packet.write(0, 1), 0);

        kernel.run(LATENESS_PS, Long.MAX_VALUE);
        assertEquals(List.of(FlowClass.POSTED), classes());
        kernel.runUntilQuiet();
        assertEquals(List.of(FlowClass.POSTED, FlowClass.COMPLETION), classes());
    }

    @Test
    void shouldHoldEverythingBehindALatePostedPacket() {
        Choices late = (site, occurrence, lane, options) -> site.name().endsWith("posted") ? 1 : 0;
        LinkPort port = port(new CreditConfig(), 32, late);
        port.offer(Packet.write(0, 1), 0);
        port.offer(Packet.read(1, 0, 4), 0);
        port.offer(Packet.completion(2, 4), 0);

        kernel.run(LATENESS_PS, Long.MAX_VALUE);
        assertEquals(List.of(), classes());
        kernel.runUntilQuiet();
        assertEquals(FlowClass.POSTED, classes().get(0));
        assertEquals(3, arrived.size());
    }

    @Test
    void shouldDeliverPostedPacketsAheadOfARead() {
        LinkPort port = port();
        port.offer(Packet.write(0, 1), 0);
        port.offer(Packet.write(0, 2), 0);
        port.offer(Packet.completion(1, 4), 0);

        link.pushDown(0);

        assertEquals(List.of(FlowClass.POSTED, FlowClass.POSTED), classes());
        kernel.runUntilQuiet();
        assertEquals(3, arrived.size(), "nothing arrives twice");
    }

    /** Whatever is late and whatever the receiver refuses for a while, order holds. */
    @Property(tries = 300, seed = "1")
    void shouldNeverBreakTheOrderingRules(
            @ForAll @Size(max = 40) List<@IntRange(max = 8) Integer> plan,
            @ForAll @Size(min = 50, max = 50) List<Boolean> lateness) {
        arrived.clear();
        refused.clear();
        LinkPort port =
                port(
                        CreditConfig.requests(3, 16, 2),
                        64,
                        (site, occurrence, lane, options) ->
                                lateness.get((int) occurrence % lateness.size()) ? 1 : 0);
        List<Tlp> sent = new ArrayList<>();
        for (int step : plan) {
            if (step < 3) {
                Tlp tlp = packet(step, sent.size());
                sent.add(tlp);
                port.offer(tlp, kernel.nowPs());
            } else if (step < 6) {
                toggle(FlowClass.values()[step - 3]);
            } else {
                kernel.run(kernel.nowPs() + 20_000, Long.MAX_VALUE);
                link.lower().retry(kernel.nowPs());
            }
        }
        refused.clear();
        link.lower().retry(kernel.nowPs());
        kernel.runUntilQuiet();

        assertEquals(sent.size(), arrived.size());
        for (FlowClass flow : FlowClass.values()) {
            assertEquals(only(sent, flow), only(arrived, flow), "in order within " + flow);
        }
        for (Tlp tlp : sent) {
            List<Tlp> before = sent.subList(0, sent.indexOf(tlp));
            List<Tlp> arrivedBefore = arrived.subList(0, arrived.indexOf(tlp));
            assertTrue(arrivedBefore.containsAll(only(before, FlowClass.POSTED)));
        }
    }

    private static Tlp packet(int flow, int number) {
        return switch (flow) {
            case 0 -> Packet.write(number, 1, 2, 3);
            case 1 -> Packet.read(number, 0x1000, 64);
            default -> Packet.completion(number, 64);
        };
    }

    private void toggle(FlowClass flow) {
        if (!refused.remove(flow)) {
            refused.add(flow);
        }
    }

    private static List<Tlp> only(List<Tlp> tlps, FlowClass flow) {
        return tlps.stream().filter(tlp -> tlp.flowClass() == flow).toList();
    }

    private List<FlowClass> classes() {
        return arrived.stream().map(Tlp::flowClass).toList();
    }
}
