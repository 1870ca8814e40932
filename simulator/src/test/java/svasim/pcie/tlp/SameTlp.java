package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.reflect.RecordComponent;

/** Compares packets by contents; arrays in records compare by identity otherwise. */
final class SameTlp {
    private SameTlp() {}

    static void assertSame(Tlp expected, DecodedTlp decoded) {
        Tlp actual = assertInstanceOf(DecodedTlp.Packet.class, decoded).tlp();
        assertEquals(expected.getClass(), actual.getClass());
        assertSameParts(expected, actual);
    }

    private static void assertSameParts(Object expected, Object actual) {
        for (RecordComponent part : expected.getClass().getRecordComponents()) {
            Object wanted = value(part, expected);
            Object found = value(part, actual);
            if (wanted instanceof byte[] bytes) {
                assertArrayEquals(bytes, (byte[]) found, part.getName());
            } else if (wanted instanceof Tlp) {
                assertSameParts(wanted, found);
            } else {
                assertEquals(wanted, found, part.getName());
            }
        }
    }

    private static Object value(RecordComponent part, Object of) {
        try {
            return part.getAccessor().invoke(of);
        } catch (ReflectiveOperationException problem) {
            throw new AssertionError(problem);
        }
    }
}
