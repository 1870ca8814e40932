package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/** Compares packets by contents; arrays in records compare by identity otherwise. */
final class SameTlp {
    private SameTlp() {}

    static void assertSame(Tlp expected, DecodedTlp decoded) {
        Tlp actual = assertInstanceOf(DecodedTlp.Packet.class, decoded).tlp();
        assertEquals(withoutData(expected), withoutData(actual));
        assertArrayEquals(data(expected), data(actual));
    }

    private static byte[] data(Tlp tlp) {
        if (tlp instanceof Tlp.MemoryWrite write) {
            return write.data();
        }
        if (tlp instanceof Tlp.DeferrableWrite write) {
            return write.data();
        }
        if (tlp instanceof Tlp.Completion completion) {
            return completion.data();
        }
        return tlp instanceof Tlp.ConfigurationWrite write ? write.data() : null;
    }

    private static Tlp withoutData(Tlp tlp) {
        if (tlp instanceof Tlp.MemoryWrite w) {
            return new Tlp.MemoryWrite(
                    w.requesterId(), w.address(), null, w.addressType(), w.pasid(), w.attributes());
        }
        if (tlp instanceof Tlp.DeferrableWrite w) {
            return new Tlp.DeferrableWrite(
                    w.requesterId(),
                    w.tag(),
                    w.address(),
                    null,
                    w.addressType(),
                    w.pasid(),
                    w.attributes());
        }
        if (tlp instanceof Tlp.Completion c) {
            return new Tlp.Completion(
                    c.completerId(),
                    c.requesterId(),
                    c.tag(),
                    c.status(),
                    c.byteCount(),
                    c.lowerAddress(),
                    null,
                    c.attributes());
        }
        if (tlp instanceof Tlp.ConfigurationWrite w) {
            return new Tlp.ConfigurationWrite(
                    w.requesterId(), w.destinationId(), w.tag(), w.offset(), null, w.forwarded());
        }
        return tlp;
    }
}
