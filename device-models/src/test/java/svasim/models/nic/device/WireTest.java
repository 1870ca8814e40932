package svasim.models.nic.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.models.nic.config.Arbitration;
import svasim.models.nic.config.NicConfig;
import svasim.units.Bandwidth;

/** How functions of a card share its wire. */
class WireTest {
    private static final long RATE = 1_000_000_000;
    private static final int AROUND = 24;
    private static final int SMALL = 256;
    private static final int LARGE = 4096;
    private static final long MILLISECOND = 1_000_000_000L;

    private final Kernel kernel = new Kernel(1, Choices.PLAIN);

    /** Sends frames of one size, always another one when one has left. */
    private static final class Sender {
        private final WireShare share;
        private final int bytes;
        private long sent;

        Sender(WireShare share, int bytes) {
            this.share = share;
            this.bytes = bytes;
            send();
            send();
        }

        private void send() {
            share.send(new byte[bytes], packet -> sent += packet.length + AROUND, this::send);
        }
    }

    @Test
    void shouldGiveWhoSendsLargeFramesMoreWhenFramesTakeTurns() {
        Wire wire = wire(Arbitration.FRAMES);
        Sender small = new Sender(wire.join(function(null)), SMALL);
        Sender large = new Sender(wire.join(function(null)), LARGE);

        kernel.run(MILLISECOND, Long.MAX_VALUE);

        assertEquals((double) (LARGE + AROUND) / (SMALL + AROUND), ratio(large, small), 0.1);
    }

    @Test
    void shouldGiveEachTheSameBytesWhenBytesCount() {
        Wire wire = wire(Arbitration.BYTES);
        Sender small = new Sender(wire.join(function(null)), SMALL);
        Sender large = new Sender(wire.join(function(null)), LARGE);

        kernel.run(MILLISECOND, Long.MAX_VALUE);

        assertEquals(1.0, ratio(large, small), 0.03);
    }

    @Test
    void shouldHoldALimitAndGiveTheRestToOthers() {
        Wire wire = wire(Arbitration.BYTES);
        Sender limited = new Sender(wire.join(function(new Bandwidth(RATE / 10))), LARGE);
        Sender free = new Sender(wire.join(function(null)), SMALL);

        kernel.run(MILLISECOND, Long.MAX_VALUE);

        assertEquals(RATE / 10_000.0, limited.sent * 1.0, RATE / 100_000.0);
        assertEquals(RATE * 9 / 10_000.0, free.sent * 1.0, RATE / 50_000.0);
    }

    @Test
    void shouldGiveAFunctionThatIsAloneTheWholeWire() {
        Wire wire = wire(Arbitration.FRAMES);
        wire.join(function(null));
        Sender alone = new Sender(wire.join(function(null)), LARGE);

        kernel.run(MILLISECOND, Long.MAX_VALUE);

        assertTrue(alone.sent > RATE / 1000 * 98 / 100, alone.sent + " bytes");
    }

    @Test
    void shouldLoseFramesOfTheFunctionThatIsResetOnly() {
        Wire wire = wire(Arbitration.FRAMES);
        List<Integer> arrived = new ArrayList<>();
        WireShare reset = wire.join(function(null));
        WireShare other = wire.join(function(null));
        reset.send(new byte[LARGE], packet -> arrived.add(1), () -> {});
        reset.send(new byte[LARGE], packet -> arrived.add(1), () -> {});
        other.send(new byte[SMALL], packet -> arrived.add(2), () -> {});

        reset.reset();
        kernel.run(MILLISECOND, Long.MAX_VALUE);

        assertEquals(List.of(2), arrived);
        assertEquals(0, reset.bytesUnderWay());
    }

    /** Whatever the sizes, limits and turns are: nothing is lost, and each keeps its order. */
    @Property(tries = 100)
    void shouldDeliverEachFrameInTheOrderOfItsFunction(@ForAll long seed) {
        Random random = new Random(seed);
        Kernel clock = new Kernel(1, Choices.PLAIN);
        Wire wire = new Wire(config(Arbitration.values()[random.nextInt(2)], null), clock);
        List<List<Integer>> arrived = new ArrayList<>();
        List<List<Integer>> expected = new ArrayList<>();
        for (int function = 0; function < 1 + random.nextInt(5); function++) {
            List<Integer> here = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            Bandwidth limit = random.nextBoolean() ? null : new Bandwidth(RATE / 7);
            WireShare share = wire.join(config(Arbitration.FRAMES, limit));
            for (int i = 0; i < random.nextInt(40); i++) {
                int bytes = 64 + random.nextInt(LARGE - 64);
                sizes.add(bytes);
                share.send(new byte[bytes], packet -> here.add(packet.length), () -> {});
            }
            arrived.add(here);
            expected.add(sizes);
        }

        clock.run(Long.MAX_VALUE / 2, Long.MAX_VALUE);

        assertEquals(expected, arrived);
    }

    private Wire wire(Arbitration arbitration) {
        return new Wire(config(arbitration, null), kernel);
    }

    private static NicConfig function(Bandwidth limit) {
        return config(null, limit);
    }

    private static NicConfig config(Arbitration arbitration, Bandwidth limit) {
        return new NicConfig(
                null,
                null,
                new Bandwidth(RATE),
                limit,
                arbitration,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static double ratio(Sender one, Sender other) {
        return (double) one.sent / other.sent;
    }
}
