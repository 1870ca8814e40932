package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.os.OsUnderTest;

/** Buffers of the DMA API whose pages come one by one, or belong to somebody else. */
class DemandPagesTest {
    private static final long PAGE = 4096;

    private final OsUnderTest system = OsUnderTest.plain();
    private final Frames frames = system.frames();
    private PciDevice device;

    @BeforeEach
    void addDevice() {
        device = system.device("dev0").device();
    }

    @Test
    void shouldHaveNoMemoryBeforeItIsAskedFor() {
        long before = frames.available();
        DmaBuffer buffer = new DmaBuffer(device, 4 * PAGE, 12);

        buffer.leaveAbsent();

        assertEquals(before, frames.available());
        assertFalse(buffer.isPresent(0));
    }

    @Test
    void shouldBringInThePageThatIsAskedForOnly() {
        DmaBuffer buffer = new DmaBuffer(device, 4 * PAGE, 12);
        buffer.leaveAbsent();

        assertTrue(buffer.bringIn(PAGE + 7, frames, 1));

        assertFalse(buffer.isPresent(0));
        assertTrue(buffer.isPresent(PAGE));
    }

    @Test
    void shouldGiveBackWhatCame() {
        long before = frames.available();
        DmaBuffer buffer = new DmaBuffer(device, 4 * PAGE, 12);
        buffer.leaveAbsent();
        buffer.bringIn(0, frames, 1);

        buffer.free(frames);

        assertEquals(before, frames.available());
    }

    @Test
    void shouldLeavePagesOfOthersToThem() {
        long frame = frames.allocate(FrameUse.DRIVER, 1);
        long before = frames.available();
        DmaBuffer buffer = DmaBuffer.ofPages(device, List.of(frame));

        buffer.allocate(frames, 1);
        assertEquals(frame + 8, buffer.physical(8));
        buffer.free(frames);

        assertEquals(before, frames.available());
    }
}
