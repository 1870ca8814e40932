package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import svasim.pcie.fabric.RouteModel.End;
import svasim.pcie.fabric.RouteModel.Going;
import svasim.pcie.fabric.RouteModel.Kind;
import svasim.pcie.link.LinkCredits;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * The whole fabric against the slow model: random trees of ports and switches with random access
 * control, credits and bit errors, and random requests between everybody. Everything arrives once
 * where it should, or is refused as it should; nobody overtakes whom he must not; in the end
 * nothing is left on the way. {@code -Dsvasim.cases=1000000} runs as many fabrics as wanted.
 */
class FabricPropertyTest {
    private static final int CASES = Integer.getInteger("svasim.cases", 300);
    private static final int PACKETS = 60;
    private static final long HOLE = 1L << 19;
    private static final long NOWHERE = 1L << 60;

    /** A request, and what the model says of it. */
    private record Sent(FabricNode by, Tlp tlp, FabricNode to, End end) {}

    /** One fabric with its traffic. */
    private static final class Case {
        final long seed;
        final RandomFabric fabric;
        final RouteModel model;
        final List<Sent> all = new ArrayList<>();
        final Map<ModelPort, LinkCredits> credits = new HashMap<>();
        final Random random;

        Case(long seed) {
            this.seed = seed;
            fabric = new RandomFabric(seed);
            model = new RouteModel(fabric.roots, fabric.peerToPeer);
            random = new Random(~seed);
            fabric.ports.forEach(port -> credits.put(port, new LinkCredits(port.port.link())));
        }

        void run() {
            scheduleTraffic();
            fabric.kernel.runUntilQuiet();
            nothingIsLeft();
            everyCreditIsBack();
            everythingHasArrivedOnce();
            everyRequestIsAnswered();
            nobodyHasOvertaken();
        }

        /** The same traffic, while links are trained anew and devices are pulled out. */
        void runWithLosses() {
            scheduleTraffic();
            int losses = 1 + random.nextInt(3);
            for (int i = 0; i < losses; i++) {
                ModelPort port = fabric.ports.get(random.nextInt(fabric.ports.size()));
                boolean forGood = random.nextInt(3) == 0;
                fabric.kernel.at(
                        random.nextInt(3_000_000), (now, kind, data) -> lose(port, forGood), 0, 0);
            }
            fabric.kernel.runUntilQuiet();
            everyCreditIsBack();
            nothingIsAnsweredTwice();
            nobodyHasOvertaken();
        }

        private void scheduleTraffic() {
            for (int number = 0; number < PACKETS; number++) {
                int id = number;
                fabric.kernel.at(random.nextInt(3_000_000), (now, kind, data) -> sendOne(id), 0, 0);
            }
        }

        private void lose(ModelPort port, boolean forGood) {
            long nowPs = fabric.kernel.nowPs();
            if (!port.port.link().isUp()) {
                return;
            }
            if (forGood) {
                port.port.surpriseDown(nowPs);
            } else {
                port.port.hotReset(nowPs);
            }
        }

        private void everyCreditIsBack() {
            for (ModelPort port : fabric.ports) {
                boolean up = port.port.link().isUp();
                LinkCredits here = credits.get(port);
                assertTrue(!up || here.areBack(), about(port.name + " has " + here));
            }
        }

        private void nothingIsAnsweredTwice() {
            for (Sent sent : all) {
                if (sent.tlp() instanceof Tlp.MemoryRead read) {
                    int bytes =
                            answers(sent.by(), read.tag()).stream()
                                    .mapToInt(piece -> piece.data().length)
                                    .sum();
                    assertTrue(bytes <= read.bytes(), about(sent));
                }
            }
        }

        private void sendOne(int id) {
            FabricNode by = fabric.nodes.get(random.nextInt(fabric.nodes.size()));
            FabricNode to = null;
            long address = random.nextInt(1 << 16) * 256L;
            boolean hole = false;
            int kind = random.nextInt(10);
            if (kind < 5) {
                to = fabric.nodes.get(random.nextInt(fabric.nodes.size()));
                hole = kind == 0;
                address = to.bar + (hole ? HOLE : random.nextInt(15) * 256L);
            } else if (kind == 5) {
                address = NOWHERE;
            }
            Tlp tlp = tlp(id, by.requesterId, address);
            ModelPort target = to == null ? null : to.place;
            End end = model.from(by.place, Going.of(tlp, target, to == null && kind > 5, hole));
            all.add(new Sent(by, tlp, to, end));
            by.send(tlp);
        }

        private Tlp tlp(int id, int requester, long address) {
            AddressType type =
                    random.nextInt(3) == 0 ? AddressType.TRANSLATED : AddressType.UNTRANSLATED;
            boolean tagged = type == AddressType.UNTRANSLATED && random.nextBoolean();
            PasidPrefix pasid = tagged ? new PasidPrefix(random.nextInt(3)) : null;
            Attributes attributes =
                    new Attributes(0, random.nextInt(4) == 0, random.nextInt(4) == 0, false);
            if (random.nextBoolean()) {
                byte[] data = new byte[4 + 4 * random.nextInt(30)];
                ByteBuffer.wrap(data).putInt(id);
                return new Tlp.MemoryWrite(requester, address, data, type, pasid, attributes);
            }
            int bytes = 4 + 4 * random.nextInt(60);
            return new Tlp.MemoryRead(requester, id, address, bytes, type, pasid, attributes);
        }

        private String about(Object what) {
            return "seed " + seed + ": " + what;
        }

        private void nothingIsLeft() {
            for (FabricNode node : fabric.nodes) {
                assertEquals(0, node.unsent(), about(node.name() + " has not sent all"));
            }
            for (ModelPort port : fabric.ports) {
                assertTrue(port.port.link().isIdle(), about(port.name + " is not idle"));
            }
        }

        private static int id(Tlp tlp) {
            return tlp instanceof Tlp.MemoryWrite write
                    ? ByteBuffer.wrap(write.data()).getInt()
                    : tlp.tag();
        }

        private void everythingHasArrivedOnce() {
            Map<Integer, Integer> arrivals = new HashMap<>();
            for (FabricNode node : fabric.nodes) {
                for (Tlp tlp : node.received) {
                    if (tlp instanceof Tlp.MemoryRequest) {
                        arrivals.merge(id(tlp), 1, Integer::sum);
                        Sent sent = sent(id(tlp));
                        assertEquals(sent.to(), node, about(tlp));
                        assertEquals(sent.end().pasid(), tlp.pasid() != null, about(sent));
                    }
                }
            }
            for (Tlp tlp : fabric.atMemory) {
                arrivals.merge(id(tlp), 1, Integer::sum);
                assertEquals(Kind.MEMORY, sent(id(tlp)).end().kind(), about(tlp));
            }
            for (Sent sent : all) {
                boolean arrives =
                        sent.end().kind() == Kind.NODE || sent.end().kind() == Kind.MEMORY;
                int times = arrivals.getOrDefault(id(sent.tlp()), 0);
                assertEquals(arrives ? 1 : 0, times, about(sent));
            }
        }

        private Sent sent(int id) {
            return all.stream().filter(one -> id(one.tlp()) == id).findFirst().orElseThrow();
        }

        private void everyRequestIsAnswered() {
            for (Sent sent : all) {
                if (sent.tlp() instanceof Tlp.MemoryRead read) {
                    boolean relaxed = read.attributes().relaxedOrdering();
                    boolean expected = model.answerArrives(sent.end(), sent.by().place, relaxed);
                    List<Tlp.Completion> got = answers(sent.by(), read.tag());
                    assertEquals(expected, !got.isEmpty(), about(sent + " got " + got));
                    if (expected) {
                        right(sent, read, got);
                    }
                }
            }
        }

        private static List<Tlp.Completion> answers(FabricNode node, int tag) {
            return node.received.stream()
                    .filter(Tlp.Completion.class::isInstance)
                    .map(Tlp.Completion.class::cast)
                    .filter(completion -> completion.tag() == tag)
                    .toList();
        }

        private void right(Sent sent, Tlp.MemoryRead read, List<Tlp.Completion> got) {
            CompletionStatus status =
                    sent.end().kind() == Kind.REFUSED
                            ? sent.end().status()
                            : CompletionStatus.SUCCESS;
            int owed = read.bytes();
            for (Tlp.Completion piece : got) {
                assertEquals(status, piece.status(), about(sent));
                assertEquals(owed, piece.byteCount(), about("pieces in order of " + sent));
                owed -= piece.data().length;
            }
            assertEquals(status == CompletionStatus.SUCCESS ? 0 : read.bytes(), owed, about(sent));
        }

        private void nobodyHasOvertaken() {
            fabric.nodes.forEach(node -> inOrder(node.received));
            inOrder(fabric.atMemory);
        }

        private void inOrder(List<Tlp> arrived) {
            for (int i = 0; i < arrived.size(); i++) {
                for (int j = i + 1; j < arrived.size(); j++) {
                    Tlp first = arrived.get(i);
                    Tlp second = arrived.get(j);
                    int firstSent = place(first);
                    int secondSent = place(second);
                    boolean sameSource = firstSent >= 0 && first.senderId() == second.senderId();
                    boolean late = secondSent >= 0 && secondSent < firstSent;
                    if (sameSource && late && turn(first) == turn(second)) {
                        assertTrue(mayOvertake(first, second), about(first + " over " + second));
                    }
                }
            }
        }

        private ModelPort turn(Tlp tlp) {
            if (tlp instanceof Tlp.Completion completion) {
                Going back = Going.of(tlp, node(completion.requesterId()).place, false, false);
                return model.from(node(tlp.senderId()).place, back).turn();
            }
            return sent(id(tlp)).end().turn();
        }

        private FabricNode node(int requesterId) {
            return fabric.nodes.stream()
                    .filter(node -> node.requesterId == requesterId)
                    .findFirst()
                    .orElseThrow();
        }

        /** Which packet of its sender it is; -1 for what no node has sent. */
        private int place(Tlp tlp) {
            for (FabricNode node : fabric.nodes) {
                if (node.requesterId == tlp.senderId()) {
                    for (int i = 0; i < node.sent.size(); i++) {
                        if (same(node.sent.get(i), tlp)) {
                            return i;
                        }
                    }
                }
            }
            return -1;
        }

        private static boolean same(Tlp one, Tlp other) {
            boolean completions = one instanceof Tlp.Completion && other instanceof Tlp.Completion;
            if (completions) {
                return one == other;
            }
            boolean requests =
                    one instanceof Tlp.MemoryRequest && other instanceof Tlp.MemoryRequest;
            return requests && id(one) == id(other);
        }

        /** The table of 2.4.1, for packets of one sender. */
        private static boolean mayOvertake(Tlp later, Tlp earlier) {
            if (earlier instanceof Tlp.MemoryWrite) {
                boolean read = later instanceof Tlp.MemoryRead;
                boolean relaxed = later.attributes().relaxedOrdering() && !read;
                return relaxed || later.attributes().idBasedOrdering() && differ(later, earlier);
            }
            return true;
        }

        /** Of one sender, only the PASID can make streams differ; it may be gone on arrival. */
        private static boolean differ(Tlp later, Tlp earlier) {
            return !(later instanceof Tlp.Completion) && later != earlier;
        }
    }

    @Test
    void shouldGetEveryCreditBackThoughDevicesAreResetAndPulledOut() {
        for (long seed = 0; seed < CASES; seed++) {
            new Case(seed).runWithLosses();
        }
    }

    @Test
    void shouldDeliverEverythingOnceInOrderOrRefuseItAsTheModelSays() {
        for (long seed = 0; seed < CASES; seed++) {
            new Case(seed).run();
        }
    }
}
