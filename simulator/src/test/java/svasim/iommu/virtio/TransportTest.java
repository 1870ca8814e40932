package svasim.iommu.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.virtio.VirtioUnderTest.DOMAIN;
import static svasim.iommu.virtio.VirtioUnderTest.ENDPOINT;
import static svasim.iommu.virtio.VirtioUnderTest.MEMORY_END;
import static svasim.iommu.virtio.VirtioUnderTest.REQUESTS;
import static svasim.iommu.virtio.VirtioUnderTest.VA;
import static svasim.iommu.virtio.VirtioUnderTest.attach;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.units.Require;

/** Registers, negotiation, and queues that a driver got wrong. */
class TransportTest {
    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int INDIRECT = 4;

    private VirtioUnderTest unit = VirtioUnderTest.started();

    private boolean needsReset() {
        return (unit.register(RegisterOffset.STATUS) & DeviceStatus.NEEDS_RESET) != 0;
    }

    @Test
    void shouldIdentifyItself() {
        assertEquals(0x7472_6976, unit.register(RegisterOffset.MAGIC_VALUE));
        assertEquals(2, unit.register(RegisterOffset.VERSION));
        assertEquals(23, unit.register(RegisterOffset.DEVICE_ID));
        assertEquals(0x77, unit.register(RegisterOffset.DEVICE_FEATURES));
        unit.write(RegisterOffset.DEVICE_FEATURES_SEL, 1);
        assertEquals(1, unit.register(RegisterOffset.DEVICE_FEATURES));
        unit.write(RegisterOffset.DEVICE_FEATURES_SEL, 2);
        assertEquals(0, unit.register(RegisterOffset.DEVICE_FEATURES));
    }

    @Test
    void shouldShowItsConfiguration() {
        assertEquals(-1L << 12, unit.device.readRegister(0x100, 8));
        assertEquals(0, unit.device.readRegister(0x108, 8));
        assertEquals(-1, unit.device.readRegister(0x110, 8));
        assertEquals(0xFFFF_FFFFL, unit.device.readRegister(0x11C, 4));
        assertEquals(512, unit.device.readRegister(0x120, 4));
        assertEquals(0, unit.device.readRegister(0x124, 1));
        assertEquals(0, unit.device.readRegister(0x1000, 8));
    }

    @Test
    void shouldLetTheDriverWriteBypassAlone() {
        unit.bypass(1);
        unit.device.writeRegister(0x120, 4, 77);
        assertEquals(512 | 1L << 32, unit.device.readRegister(0x120, 8));

        unit.bypass(2);

        assertEquals(1, unit.device.readRegister(0x124, 1));
    }

    @Test
    void shouldNotAcceptFeaturesThatItDoesNotOffer() {
        unit = new VirtioUnderTest();
        unit.negotiate(VirtioUnderTest.FEATURES | 1L << 40);
        assertEquals(3, unit.register(RegisterOffset.STATUS));
        unit.negotiate(0x77);
        assertEquals(3, unit.register(RegisterOffset.STATUS));

        unit.negotiate(VirtioUnderTest.FEATURES);

        assertEquals(11, unit.register(RegisterOffset.STATUS));
    }

    @Test
    void shouldForgetEverythingButBypassWhenReset() {
        unit.mapped();
        unit.bypass(1);
        unit.read(VA);
        unit.write(RegisterOffset.STATUS, 0);

        assertEquals(VA, unit.read(VA).address());
        assertEquals(0, unit.register(RegisterOffset.QUEUE_READY));
        unit.start(VirtioUnderTest.FEATURES);
        assertEquals(Status.NOENT, unit.request(VirtioUnderTest.unmap(DOMAIN, 0, -1)));
    }

    @Test
    void shouldGiveUpARequestWhenReset() {
        unit.send(attach(DOMAIN, ENDPOINT, 0), 4);
        unit.write(RegisterOffset.STATUS, 0);
        unit.bench.settle();

        assertEquals(0, unit.returned(REQUESTS));
        assertEquals("", unit.device.waitingFor());
        assertEquals(FaultReason.DOMAIN.code(), unit.read(VA).code());
    }

    @Test
    void shouldNotWorkBeforeTheDriverIsReady() {
        unit.write(RegisterOffset.STATUS, 0);
        unit.negotiate(VirtioUnderTest.FEATURES);
        unit.send(attach(DOMAIN, ENDPOINT, 0), 4);
        unit.bench.settle();

        assertEquals(0, unit.returned(REQUESTS));
    }

    @Test
    void shouldInterruptUntilAcknowledged() {
        unit.request(attach(DOMAIN, ENDPOINT, 0));
        assertEquals(List.of(new UnitBench.Message(0, 0)), unit.bench.messages);
        assertEquals(1, unit.register(RegisterOffset.INTERRUPT_STATUS));
        unit.request(attach(DOMAIN, ENDPOINT, 0));
        assertEquals(1, unit.bench.messages.size());

        unit.write(RegisterOffset.INTERRUPT_ACK, 1);
        unit.request(attach(DOMAIN, ENDPOINT, 0));

        assertEquals(2, unit.bench.messages.size());
    }

    @Test
    void shouldNotInterruptADriverThatPolls() {
        unit.memory.writeByte(VirtioUnderTest.available(REQUESTS), (byte) 1);

        unit.request(attach(DOMAIN, ENDPOINT, 0));

        assertTrue(unit.bench.messages.isEmpty());
    }

    @Test
    void shouldServeManyRequestsInOrderOverTheEndOfTheRing() {
        for (int i = 0; i < 40; i++) {
            assertEquals(Status.OK, unit.request(attach(i, ENDPOINT, 0)));
        }
        assertEquals(40, unit.returned(REQUESTS));
        assertEquals(40, unit.bench.counter("requestq.executed"));
    }

    @Test
    void shouldGatherARequestFromPieces() {
        byte[] request = attach(DOMAIN, ENDPOINT, 0);
        long buffer = VirtioUnderTest.buffer(REQUESTS, 0);
        unit.memory.write(buffer, request, 0, request.length);
        unit.descriptor(REQUESTS, 3, buffer, 7, NEXT | 5 << 16);
        unit.descriptor(REQUESTS, 5, buffer + 7, 13, NEXT | 1 << 16);
        unit.descriptor(REQUESTS, 1, buffer + 0x800, 1, WRITE | NEXT | 2 << 16);
        unit.descriptor(REQUESTS, 2, buffer + 0x900, 3, WRITE);
        unit.memory.writeInt(buffer + 0x800, -1);
        unit.available(REQUESTS, 3);
        unit.notifyDevice(REQUESTS);
        unit.bench.settle();

        assertEquals(4, unit.usedBytes(REQUESTS, 0));
        assertEquals(0xFFFF_FF00, unit.memory.readInt(buffer + 0x800));
        assertEquals(FaultReason.MAPPING.code(), unit.read(VA).code());
    }

    private void breakQueue(int flagsAndNext, long address, int bytes) {
        unit.descriptor(REQUESTS, 0, address, bytes, flagsAndNext);
        unit.available(REQUESTS, 0);
        unit.notifyDevice(REQUESTS);
        unit.bench.settle();
    }

    @Test
    void shouldAskForAResetAfterAnEndlessChain() {
        breakQueue(NEXT, 0x1000, 4);

        assertTrue(needsReset());
        assertEquals(Interrupts.CONFIGURATION, unit.register(RegisterOffset.INTERRUPT_STATUS));
    }

    @Test
    void shouldAskForAResetAfterAnIndirectDescriptor() {
        breakQueue(INDIRECT, 0x1000, 16);

        assertTrue(needsReset());
    }

    @Test
    void shouldAskForAResetAfterABufferOutsideMemory() {
        breakQueue(0, MEMORY_END, 4);

        assertTrue(needsReset());
    }

    @Test
    void shouldAskForAResetAfterAHugeBuffer() {
        breakQueue(WRITE, 0x1000, -1);

        assertTrue(needsReset());
    }

    @Test
    void shouldAskForAResetAfterADescriptorThatDoesNotExist() {
        unit.available(REQUESTS, VirtioUnderTest.QUEUE_SIZE);
        unit.notifyDevice(REQUESTS);
        unit.bench.settle();

        assertTrue(needsReset());
    }

    @Test
    void shouldAskForAResetAfterAQueueOutsideMemory() {
        unit.write(RegisterOffset.QUEUE_SEL, REQUESTS);
        unit.write(RegisterOffset.QUEUE_DESC + 4, -1);

        unit.send(attach(DOMAIN, ENDPOINT, 0), 4);
        unit.bench.settle();

        assertTrue(needsReset());
        assertFalse(unit.read(VA).translated());
    }

    @Test
    void shouldWorkAgainAfterTheReset() {
        breakQueue(NEXT, 0x1000, 4);
        unit.send(attach(DOMAIN, ENDPOINT, 0), 4);
        unit.bench.settle();
        assertEquals(0, unit.returned(REQUESTS));

        unit.write(RegisterOffset.STATUS, 0);
        unit.start(VirtioUnderTest.FEATURES);

        assertEquals(Status.OK, unit.request(attach(DOMAIN, ENDPOINT, 0)));
    }

    @Test
    void shouldRefuseFeaturesThatDoNotGoTogether() {
        VirtioConfig config = VirtioConfig.defaults();

        for (Map<String, Long> features :
                List.of(
                        Map.of("BYPASS", 1L),
                        Map.of("page_size_mask", 0L),
                        Map.of("probe_size", 8L),
                        Map.of("NOTHING", 1L))) {
            assertThrows(Require.Violation.class, () -> config.withFeatures(features));
        }
        ReservedRegion region = new ReservedRegion(0L, 0xFFFL, false);
        assertThrows(
                Require.Violation.class,
                () ->
                        new VirtioConfig(
                                null, null, List.of(region, region), null, null, null, null));
    }

    @Test
    void shouldTakeFieldsOfACapture() {
        VirtioConfig config =
                VirtioConfig.defaults()
                        .withRegisters(Map.of("probe_size", 64L, "STATUS", 15L))
                        .withFeatures(Map.of("PROBE", 0L));

        assertEquals(64, config.fields().value("probe_size"));
        assertFalse(config.fields().offers(Feature.PROBE));
    }
}
