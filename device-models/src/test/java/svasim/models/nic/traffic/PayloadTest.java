package svasim.models.nic.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import svasim.device.Words;

class PayloadTest {
    private static final int HEADER_BYTES = 16;

    @Property(tries = 300)
    void shouldSeeEachWrongByte(
            @ForAll long number,
            @ForAll @IntRange(min = Payload.LEAST_BYTES, max = 300) int bytes,
            @ForAll @IntRange(min = HEADER_BYTES, max = 299) int place,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] packet = Payload.of(number, 5, bytes);
        assertTrue(Payload.isIntact(reader(packet), bytes));

        packet[HEADER_BYTES + place % (bytes - HEADER_BYTES)] ^= (byte) change;

        assertFalse(Payload.isIntact(reader(packet), bytes));
    }

    /** What is behind the packet in its page is nobody's business. */
    @Property(tries = 100)
    void shouldNotLookBehindTheEnd(
            @ForAll @IntRange(min = Payload.LEAST_BYTES, max = 300) int bytes) {
        byte[] page = Arrays.copyOf(Payload.of(3, 5, bytes), 512);
        Arrays.fill(page, bytes, page.length, (byte) 0x55);

        assertTrue(Payload.isIntact(reader(page), bytes));
    }

    @Test
    void shouldTellNumberAndTime() {
        byte[] packet = Payload.of(7, 99, 64);

        assertEquals(7, Payload.number(reader(packet)));
        assertEquals(99, Payload.intendedPs(reader(packet)));
    }

    @Test
    void shouldDifferFromThePacketBefore() {
        byte[] packet = Payload.of(7, 99, 64);
        Words.put(packet, 0, Long.BYTES, 8);

        assertFalse(Payload.isIntact(reader(packet), 64));
    }

    private static Payload.Reader reader(byte[] packet) {
        byte[] whole = Arrays.copyOf(packet, packet.length + Long.BYTES);
        return offset -> Words.u64(whole, offset);
    }
}
