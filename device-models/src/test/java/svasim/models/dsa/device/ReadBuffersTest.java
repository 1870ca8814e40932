package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Grpcfg;

class ReadBuffersTest {
    private final DeviceState device = new DeviceState(new DsaConfig());
    private final ReadBuffers buffers = new ReadBuffers(100, device);
    private int woken;

    @Test
    void shouldCountTheLinesThatAnAccessTouches() {
        assertEquals(1, ReadBuffers.lines(0, 1));
        assertEquals(1, ReadBuffers.lines(0, 64));
        assertEquals(2, ReadBuffers.lines(63, 2));
        assertEquals(8, ReadBuffers.lines(4096, 512));
        assertEquals(9, ReadBuffers.lines(4097, 512));
    }

    @Test
    void shouldLeaveAQuarterToOthers() {
        ReadBuffers.Share buffers = share(0);

        assertTrue(buffers.take(75, 0));
        assertFalse(buffers.take(1, 75));
        assertTrue(buffers.take(25, 0));
        assertFalse(buffers.take(1, 0));
    }

    @Test
    void shouldGiveALargePieceToWhomHasNothing() {
        assertTrue(share(0).take(90, 0));
    }

    @Test
    void shouldWakeWaitersOnceWhenLinesComeFree() {
        ReadBuffers.Share buffers = share(0);
        buffers.take(100, 0);
        buffers.await(() -> woken++);

        buffers.give(1);
        buffers.give(1);

        assertEquals(1, woken);
    }

    @Test
    void shouldKeepWhatIsReservedForAnotherGroup() {
        group(1, new Grpcfg().buffers(40, 0, false));

        assertFalse(share(0).take(61, 0));
        assertTrue(share(0).take(60, 0));
        assertTrue(share(1).take(40, 0));
        assertFalse(share(1).take(1, 0));
    }

    @Test
    void shouldGiveAGroupNoMoreThanItIsAllowed() {
        group(1, new Grpcfg().buffers(0, 8, false));

        assertEquals(6, share(1).most());
        assertTrue(share(1).take(8, 0));
        assertFalse(share(1).take(1, 0));
        assertTrue(share(0).take(92, 0));
    }

    @Test
    void shouldHoldTheLimitOverAllGroupsThatUseIt() {
        device.generalConfig(10);
        group(1, new Grpcfg().buffers(0, 0, true));
        group(2, new Grpcfg().buffers(0, 0, true));

        assertTrue(share(1).take(6, 0));
        assertFalse(share(2).take(5, 0));
        assertTrue(share(2).take(4, 0));
        assertTrue(share(0).take(90, 0));
        share(1).give(6);
        assertTrue(share(2).take(6, 0));
    }

    private ReadBuffers.Share share(int group) {
        return buffers.share(group);
    }

    private void group(int index, Grpcfg config) {
        device.configureGroup(index, Grpcfg.FLAGS_OFFSET, config.quadword(Grpcfg.FLAGS_OFFSET));
    }
}
