package svasim.iommu.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The messages of reference virtio-iommu.md 7, byte by byte. */
class WorkedExampleTest {
    private static final long VA = 0x7F3A_5C6D_7E80L;

    private static final String ATTACH =
            "01 00 00 00 01 00 00 00 2a 3a 00 00 00 00 00 00 00 00 00 00";
    private static final String MAP =
            "03 00 00 00 01 00 00 00 00 70 6d 5c 3a 7f 00 00 ff 8f 6d 5c 3a 7f 00 00"
                    + " 00 70 56 34 02 00 00 00 03 00 00 00";
    private static final String UNMAP =
            "04 00 00 00 01 00 00 00 00 70 6d 5c 3a 7f 00 00 ff 8f 6d 5c 3a 7f 00 00 00 00 00 00";
    private static final String DETACH =
            "02 00 00 00 01 00 00 00 2a 3a 00 00 00 00 00 00 00 00 00 00";
    private static final String EVENT =
            "02 00 00 00 02 01 00 00 2a 3a 00 00 00 00 00 00 80 9e 6d 5c 3a 7f 00 00";

    private final VirtioUnderTest unit = VirtioUnderTest.started();

    private static byte[] bytes(String text) {
        return HexFormat.ofDelimiter(" ").parseHex(text);
    }

    @Test
    void shouldTranslateByTheMessagesOfTheExample() {
        assertEquals(Status.OK, unit.request(bytes(ATTACH)));
        assertEquals(Status.OK, unit.request(bytes(MAP)));
        assertEquals(0x2_3456_7E80L, unit.read(VA).address());

        assertEquals(Status.OK, unit.request(bytes(UNMAP)));
        assertFalse(unit.read(VA).translated());
        assertEquals(Status.OK, unit.request(bytes(DETACH)));
        assertEquals(FaultReason.DOMAIN.code(), unit.read(VA).code());
    }

    @Test
    void shouldReportTheFaultOfTheExample() {
        unit.request(bytes(ATTACH));
        unit.request(bytes(MAP));
        unit.eventBuffers(1, 24);

        assertFalse(unit.write(VA + 0x2000).translated());

        assertArrayEquals(bytes(EVENT), unit.event(0));
        assertEquals(1, unit.returned(VirtioUnderTest.EVENTS));
        assertEquals(24, unit.usedBytes(VirtioUnderTest.EVENTS, 0));
    }

    @Test
    void shouldTellTheCommandsItHasCarriedOut() {
        unit.request(bytes(ATTACH));

        assertEquals(0x0000_0001_0000_0001L, unit.bench.executed.get(0));
        assertEquals(4, unit.usedBytes(VirtioUnderTest.REQUESTS, 0));
    }
}
