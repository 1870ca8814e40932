package svasim.models.nic.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.device.Words;

class LayoutTest {
    @Property(tries = 200)
    void shouldReadTheDescriptorThatWasWritten(@ForAll long address, @ForAll int bytes) {
        Descriptor descriptor = new Descriptor(address, bytes);

        assertEquals(descriptor, Descriptor.of(descriptor.toBytes(), 0));
    }

    @Property(tries = 200)
    void shouldReadTheCompletionThatWasWritten(
            @ForAll boolean received,
            @ForAll int index,
            @ForAll int bytes,
            @ForAll Completion.Status status,
            @ForAll boolean phase) {
        Completion completion = new Completion(received, index, bytes, status, phase);
        byte[] entry = completion.toBytes();

        assertEquals(Completion.BYTES, entry.length);
        assertEquals(
                completion,
                Completion.of(Words.u64(entry, 0), Words.u64(entry, 8), Words.u64(entry, 56)));
    }

    @Test
    void shouldCarryThePhaseInTheLastByteOnly() {
        byte[] entry = new Completion(true, -1, -1, Completion.Status.SUCCESS, false).toBytes();

        assertFalse(Completion.hasPhase(Words.u64(entry, 56)));
        entry[63] = 1;
        assertTrue(Completion.hasPhase(Words.u64(entry, 56)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindEachRegisterOfEachQueuePair(QueueRegister register) {
        for (int queue = 0; queue < 64; queue++) {
            int offset = Registers.offset(queue, register);

            assertTrue(offset + Long.BYTES <= Registers.BAR_BYTES);
            assertEquals(register, Registers.register(offset));
            assertEquals(queue, Registers.queue(offset));
        }
    }

    @Property(tries = 100)
    void shouldHaveNoRegisterBetweenOthers(@ForAll @IntRange(max = 0xFFFF) int offset) {
        if (offset % Long.BYTES != 0) {
            assertNull(Registers.register(offset));
        }
    }
}
