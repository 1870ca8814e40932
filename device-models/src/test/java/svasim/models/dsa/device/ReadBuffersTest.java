package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReadBuffersTest {
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
        ReadBuffers buffers = new ReadBuffers(100);

        assertTrue(buffers.take(75, 0));
        assertFalse(buffers.take(1, 75));
        assertTrue(buffers.take(25, 0));
        assertFalse(buffers.take(1, 0));
    }

    @Test
    void shouldGiveALargePieceToWhomHasNothing() {
        assertTrue(new ReadBuffers(100).take(90, 0));
    }

    @Test
    void shouldWakeWaitersOnceWhenLinesComeFree() {
        ReadBuffers buffers = new ReadBuffers(100);
        buffers.take(100, 0);
        buffers.await(() -> woken++);

        buffers.give(1);
        buffers.give(1);

        assertEquals(1, woken);
    }
}
