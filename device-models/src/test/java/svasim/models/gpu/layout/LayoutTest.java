package svasim.models.gpu.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import svasim.models.gpu.config.GpuWork;

class LayoutTest {
    @Property
    void shouldKeepPackets(
            @ForAll GpuWork.Kernel kernel,
            @ForAll long elements,
            @ForAll long from,
            @ForAll long into,
            @ForAll int parameter,
            @ForAll long signal) {
        Packet packet = new Packet(kernel, elements, from, into, ~from, parameter, signal);

        assertTrue(Packet.isValid(packet.toBytes()));
        assertEquals(packet, Packet.of(packet.toBytes()));
    }

    @Property
    void shouldKeepInterruptEntries(
            @ForAll int source,
            @ForAll int pasid,
            @ForAll int queue,
            @ForAll long address,
            @ForAll boolean write) {
        InterruptEntry entry = new InterruptEntry(source, pasid, queue, address, write);

        assertEquals(entry, InterruptEntry.of(entry.toBytes()));
    }

    @Test
    void shouldNotTakeAPacketWhoseHeaderIsNotWritten() {
        byte[] bytes = new Packet(GpuWork.Kernel.STREAM, 1, 0, 0, 0, 0, 0).toBytes();
        bytes[0] = 0;

        assertFalse(Packet.isValid(bytes));
    }

    @Test
    void shouldTakeNoKernelThatDoesNotExist() {
        byte[] bytes = new Packet(GpuWork.Kernel.STREAM, 1, 0, 0, 0, 0, 0).toBytes();
        bytes[2] = 99;

        assertFalse(Packet.of(bytes).isLegal());
    }
}
