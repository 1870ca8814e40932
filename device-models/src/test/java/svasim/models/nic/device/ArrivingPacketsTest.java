package svasim.models.nic.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import svasim.device.Words;
import svasim.device.load.Arrivals;
import svasim.models.nic.layout.Completion;
import svasim.models.nic.layout.QueueRegister;
import svasim.models.nic.traffic.Payload;
import svasim.units.ByteSize;

/** Packets of a peer against places that software gives when it likes. */
class ArrivingPacketsTest {
    private static final int NONE = NicUnderTest.NONE;
    private static final long INTO = 0x200_0000;
    private static final long PAGE = 4096;
    private static final int ROOM_KIB = 16;

    private NicUnderTest nic;
    private final List<Completion> received = new ArrayList<>();
    private int posted;

    private void prepare() {
        nic = new NicUnderTest(NicUnderTest.buffering(ByteSize.ofKiB(ROOM_KIB)));
        nic.machine().map(NONE, INTO, NicUnderTest.ENTRIES * PAGE);
        nic.start();
        received.clear();
        posted = 0;
    }

    /** As many places as asked for, if the ring has them. */
    private void post(int places) {
        look();
        for (int i = 0; i < places && posted - received.size() < NicUnderTest.ENTRIES; i++) {
            nic.receive(INTO + posted++ % NicUnderTest.ENTRIES * PAGE, (int) PAGE);
        }
    }

    /** Software reads what is there, as its driver does before it gives a place again. */
    private void look() {
        received.addAll(nic.completed(true));
        nic.arm();
    }

    private void startPeer(Arrivals.Process process, long intervalPs, int bytes, int count) {
        nic.write(
                QueueRegister.PEER_SHAPE,
                bytes
                        | (long) process.ordinal() << QueueRegister.KIND_SHIFT
                        | 1L << QueueRegister.BURST_SHIFT);
        nic.write(QueueRegister.PEER_INTERVAL, intervalPs);
        nic.write(QueueRegister.PEER_COUNT, count);
    }

    private long dropped() {
        return nic.readRegister(QueueRegister.DROPPED);
    }

    /** Positive: places; negative: nanoseconds without any. */
    @Provide
    Arbitrary<List<Integer>> doings() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(1, NicUnderTest.ENTRIES),
                        Arbitraries.integers().between(-4_000, -1))
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    /** Whatever software does: who is told of places sends as many packets as there are. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void shouldDropNothingInAClosedLoop(
            @ForAll("doings") List<Integer> doings,
            @ForAll @IntRange(min = 64, max = 4096) int bytes,
            @ForAll @IntRange(min = 1, max = NicUnderTest.ENTRIES) int depth,
            @ForAll @IntRange(min = 1, max = 60) int count) {
        prepare();
        nic.write(QueueRegister.PEER_DEPTH, depth);
        startPeer(Arrivals.Process.CLOSED, 0, bytes, count);
        for (int doing : doings) {
            if (doing > 0) {
                post(doing);
            } else {
                nic.machine().runFor(-doing * 1_000L);
            }
            assertEquals(0, dropped());
        }
        post(NicUnderTest.ENTRIES);
        int places = posted;
        nic.machine().run();
        look();

        assertEquals(0, dropped());
        int most = depth == NicUnderTest.ENTRIES ? Math.min(places, count) : received.size();
        assertEquals(most, received.size());
        assertTrue(received.size() <= Math.min(places, count));
        inOrder(bytes);
    }

    /** In an open loop nobody waits: what finds no place is lost, and nothing else. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void shouldDropInAnOpenLoopWhatFindsNoPlace(
            @ForAll @IntRange(min = 0, max = NicUnderTest.ENTRIES) int places,
            @ForAll @IntRange(min = 64, max = 1024) int bytes,
            @ForAll @IntRange(min = 0, max = 40) int count,
            @ForAll @IntRange(min = 1, max = 3_000) int intervalNs) {
        prepare();
        post(places);
        startPeer(Arrivals.Process.FIXED, intervalNs * 1_000L, bytes, count);
        nic.machine().run();
        look();

        assertEquals(Math.min(places, count), received.size());
        assertEquals(count - received.size(), dropped());
        inOrder(bytes);
    }

    /** The card uses its places one after the other, a packet each. */
    private void inOrder(int bytes) {
        for (int i = 0; i < received.size(); i++) {
            assertEquals(i % NicUnderTest.ENTRIES, received.get(i).index());
            assertEquals(bytes, received.get(i).bytes());
        }
        if (!received.isEmpty()) {
            int last = received.size() - 1;
            byte[] packet =
                    nic.machine().load(NONE, INTO + last % NicUnderTest.ENTRIES * PAGE, (int) PAGE);
            assertTrue(Payload.isIntact(reader(packet), bytes));
        }
    }

    private static Payload.Reader reader(byte[] packet) {
        return offset -> Words.u64(packet, offset);
    }
}
