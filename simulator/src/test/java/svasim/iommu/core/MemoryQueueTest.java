package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryQueueTest {
    private static final int LOG2 = 3;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeFullWhenEveryUsableEntryWaits(boolean wrapBit) {
        MemoryQueue queue = new MemoryQueue();
        queue.configure(0x1000, LOG2, 32, wrapBit);
        int usable = wrapBit ? 8 : 7;
        for (int lap = 0; lap < 5; lap++) {
            for (int i = 0; i < usable; i++) {
                assertFalse(queue.full());
                assertEquals(i, queue.size());
                queue.advanceTail();
            }
            assertTrue(queue.full());
            for (int i = 0; i < usable; i++) {
                assertFalse(queue.empty());
                queue.advanceHead();
            }
            assertTrue(queue.empty());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReturnToTheBaseAfterTheLastEntry(boolean wrapBit) {
        MemoryQueue queue = new MemoryQueue();
        queue.configure(0x1000, LOG2, 32, wrapBit);
        for (int i = 0; i < 8; i++) {
            assertEquals(0x1000 + i * 32, queue.tailAddress());
            queue.advanceTail();
        }

        assertEquals(0x1000, queue.tailAddress());
        assertEquals(wrapBit ? 8 : 0, queue.tail());
    }
}
