package svasim.iommu.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.virtio.VirtioUnderTest.DOMAIN;
import static svasim.iommu.virtio.VirtioUnderTest.ENDPOINT;
import static svasim.iommu.virtio.VirtioUnderTest.PA;
import static svasim.iommu.virtio.VirtioUnderTest.READ_WRITE;
import static svasim.iommu.virtio.VirtioUnderTest.REQUESTS;
import static svasim.iommu.virtio.VirtioUnderTest.VA;
import static svasim.iommu.virtio.VirtioUnderTest.attach;
import static svasim.iommu.virtio.VirtioUnderTest.detach;
import static svasim.iommu.virtio.VirtioUnderTest.map;
import static svasim.iommu.virtio.VirtioUnderTest.probe;
import static svasim.iommu.virtio.VirtioUnderTest.unmap;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every condition of the table of statuses (reference virtio-iommu.md 3 and 4). */
class RequestsTest {
    private static final int OTHER = 0x44;
    private static final int PROBE_BYTES = 512;

    private VirtioUnderTest unit = VirtioUnderTest.started();

    private Status request(byte[] request) {
        return unit.request(request);
    }

    private static byte[] with(byte[] request, int offset, int value) {
        byte[] changed = request.clone();
        changed[offset] = (byte) value;
        return changed;
    }

    private void restart(Map<String, Long> features) {
        unit = new VirtioUnderTest(VirtioConfig.defaults().withFeatures(features));
        unit.start(unit.config.fields().offered());
    }

    // ATTACH and DETACH.

    @Test
    void shouldRefuseReservedBitsAndUnknownFlagsOfAttach() {
        assertEquals(Status.INVAL, request(attach(DOMAIN, ENDPOINT, 2)));
        assertEquals(Status.INVAL, request(with(attach(DOMAIN, ENDPOINT, 0), 17, 1)));
    }

    @Test
    void shouldNotKnowTheBypassFlagWithoutItsFeature() {
        restart(Map.of("BYPASS_CONFIG", 0L));

        assertEquals(Status.INVAL, request(attach(DOMAIN, ENDPOINT, 1)));
    }

    @Test
    void shouldNotAttachOrDetachUnknownEndpoints() {
        unit =
                new VirtioUnderTest(
                        new VirtioConfig(null, List.of(ENDPOINT), null, null, null, null, null));
        unit.start(VirtioUnderTest.FEATURES);

        assertEquals(Status.NOENT, request(attach(DOMAIN, OTHER, 0)));
        assertEquals(Status.NOENT, request(detach(DOMAIN, OTHER)));
        assertEquals(Status.NOENT, request(attach(DOMAIN, 0x1_0000, 0)));
        assertEquals(Status.OK, request(attach(DOMAIN, ENDPOINT, 0)));
    }

    @Test
    void shouldNotMixBypassWithMappings() {
        request(attach(DOMAIN, ENDPOINT, 0));

        assertEquals(Status.INVAL, request(attach(DOMAIN, OTHER, 1)));
        assertEquals(Status.OK, request(attach(DOMAIN, OTHER, 0)));
    }

    @Test
    void shouldMoveAnAttachedEndpoint() {
        unit.mapped();

        assertEquals(Status.OK, request(attach(DOMAIN + 1, ENDPOINT, 0)));

        assertEquals(FaultReason.MAPPING.code(), unit.read(VA).code());
        assertEquals(Status.NOENT, request(unmap(DOMAIN, 0, -1)));
    }

    @Test
    void shouldKeepTheDomainOfAnEndpointThatIsAttachedAgain() {
        unit.mapped();

        assertEquals(Status.OK, request(attach(DOMAIN, ENDPOINT, 0)));

        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldForgetADomainWhenItsLastEndpointLeaves() {
        unit.mapped();
        request(attach(DOMAIN, OTHER, 0));
        assertEquals(Status.OK, request(detach(DOMAIN, ENDPOINT)));
        assertTrue(unit.access(OTHER, VA, 1).translated());

        assertEquals(Status.OK, request(detach(DOMAIN, OTHER)));

        assertEquals(Status.NOENT, request(unmap(DOMAIN, 0, -1)));
        request(attach(DOMAIN, ENDPOINT, 0));
        assertEquals(FaultReason.MAPPING.code(), unit.read(VA).code());
    }

    @Test
    void shouldNotDetachFromOtherDomains() {
        request(attach(DOMAIN, ENDPOINT, 0));

        assertEquals(Status.INVAL, request(detach(DOMAIN + 1, ENDPOINT)));
        assertEquals(Status.INVAL, request(detach(DOMAIN, OTHER)));
    }

    @Test
    void shouldKeepWithinTheDomainRange() {
        restart(Map.of("domain_range.start", 4L, "domain_range.end", 5L));

        assertEquals(Status.RANGE, request(attach(3, ENDPOINT, 0)));
        assertEquals(Status.OK, request(attach(5, ENDPOINT, 0)));
        assertEquals(Status.RANGE, request(attach(6, ENDPOINT, 0)));
    }

    // MAP.

    @Test
    void shouldRefuseMappingsThatAreNotOnTheGranule() {
        request(attach(DOMAIN, ENDPOINT, 0));

        assertEquals(Status.RANGE, request(map(DOMAIN, VA + 8, VA + 0xFFF, PA, 1)));
        assertEquals(Status.RANGE, request(map(DOMAIN, VA, VA + 0xFFE, PA, 1)));
        assertEquals(Status.RANGE, request(map(DOMAIN, VA, VA + 0xFFF, PA + 8, 1)));
        assertEquals(Status.INVAL, request(map(DOMAIN, VA, VA - 1, PA, 1)));
    }

    @Test
    void shouldRefuseOverlapsAndReservedRegions() {
        unit.mapped();

        assertEquals(Status.INVAL, request(map(DOMAIN, VA - 0x1000, VA + 0xFFF, PA, 1)));
        assertEquals(Status.INVAL, request(map(DOMAIN, VA + 0x1000, VA + 0x2FFF, PA, 1)));
        assertEquals(
                Status.INVAL, request(map(DOMAIN, 0xFED0_0000L, 0xFEE0_0FFFL, 0xFED0_0000L, 1)));
    }

    @Test
    void shouldRefuseUnknownFlagsOfMap() {
        request(attach(DOMAIN, ENDPOINT, 0));
        assertEquals(Status.INVAL, request(map(DOMAIN, VA, VA + 0xFFF, PA, 8)));
        assertEquals(Status.OK, request(map(DOMAIN, VA, VA + 0xFFF, PA, 4 | READ_WRITE)));

        restart(Map.of("MMIO", 0L));
        request(attach(DOMAIN, ENDPOINT, 0));
        assertEquals(Status.INVAL, request(map(DOMAIN, VA, VA + 0xFFF, PA, 4 | READ_WRITE)));
    }

    @Test
    void shouldNotMapIntoBypassOrUnknownDomains() {
        request(attach(DOMAIN, ENDPOINT, 1));

        assertEquals(Status.INVAL, request(map(DOMAIN, VA, VA + 0xFFF, PA, 1)));
        assertEquals(Status.INVAL, request(unmap(DOMAIN, VA, VA + 0xFFF)));
        assertEquals(Status.NOENT, request(map(DOMAIN + 1, VA, VA + 0xFFF, PA, 1)));
    }

    @Test
    void shouldKeepWithinTheInputRange() {
        restart(Map.of("input_range.start", 0x1000L, "input_range.end", 0xFFFFL));
        request(attach(DOMAIN, ENDPOINT, 0));

        assertEquals(Status.RANGE, request(map(DOMAIN, 0, 0xFFF, PA, 1)));
        assertEquals(Status.RANGE, request(map(DOMAIN, 0xF000, 0x1_0FFF, PA, 1)));
        assertEquals(Status.OK, request(map(DOMAIN, 0x1000, 0xFFFF, PA, 1)));
    }

    @Test
    void shouldMapTheWholeAddressSpaceAtOnce() {
        unit = new VirtioUnderTest(new VirtioConfig(null, null, List.of(), null, null, null, null));
        unit.start(VirtioUnderTest.FEATURES);
        request(attach(DOMAIN, ENDPOINT, 0));

        assertEquals(Status.OK, request(map(DOMAIN, 0, -1, 0x1000, READ_WRITE)));

        assertEquals(VA + 0x1000, unit.read(VA).address());
        assertEquals(0xFFF, unit.read(-1).address());
        assertEquals(Status.OK, request(unmap(DOMAIN, 0, -1)));
        assertFalse(unit.read(VA).translated());
    }

    // UNMAP, with pages of 4 KiB where the reference counts addresses.

    private static long page(int number) {
        return VA + 0x1000L * number;
    }

    private Status mapPages(int first, int last) {
        return request(map(DOMAIN, page(first), page(last + 1) - 1, PA, READ_WRITE));
    }

    private Status unmapPages(int first, int last) {
        return request(unmap(DOMAIN, page(first), page(last + 1) - 1));
    }

    @Test
    void shouldNotCutAMappingInTwo() {
        request(attach(DOMAIN, ENDPOINT, 0));
        mapPages(0, 9);

        assertEquals(Status.RANGE, unmapPages(0, 4));
        assertEquals(Status.RANGE, unmapPages(5, 12));

        assertTrue(unit.read(page(0)).translated());
    }

    @Test
    void shouldRemoveOneOfTwoMappingsSideBySide() {
        request(attach(DOMAIN, ENDPOINT, 0));
        mapPages(0, 4);
        mapPages(5, 9);

        assertEquals(Status.OK, unmapPages(0, 4));

        assertFalse(unit.read(page(4)).translated());
        assertTrue(unit.read(page(5)).translated());
    }

    @Test
    void shouldRemoveMappingsWithGapsBetween() {
        request(attach(DOMAIN, ENDPOINT, 0));
        mapPages(0, 4);
        mapPages(10, 14);

        assertEquals(Status.OK, unmapPages(0, 14));

        assertFalse(unit.read(page(0)).translated());
        assertFalse(unit.read(page(14)).translated());
    }

    @Test
    void shouldUnmapNothingWithSuccess() {
        request(attach(DOMAIN, ENDPOINT, 0));

        assertEquals(Status.OK, unmapPages(0, 4));
        assertEquals(Status.INVAL, request(unmap(DOMAIN, VA, VA - 1)));
        assertEquals(Status.NOENT, request(unmap(DOMAIN + 1, VA, VA)));
    }

    // PROBE.

    @Test
    void shouldDescribeReservedRegionsOfAnEndpoint() {
        unit.send(probe(ENDPOINT), PROBE_BYTES + 4);
        unit.bench.settle();

        byte[] answer = unit.answer(0, PROBE_BYTES + 4);
        byte[] expected = new byte[PROBE_BYTES + 4];
        byte[] property =
                HexFormat.of().parseHex("01001400" + "01000000" + "0000e0fe00000000").clone();
        System.arraycopy(property, 0, expected, 0, property.length);
        byte[] end = HexFormat.of().parseHex("ffffeffe00000000");
        System.arraycopy(end, 0, expected, property.length, end.length);
        assertArrayEquals(expected, answer);
        assertEquals(PROBE_BYTES + 4, unit.usedBytes(REQUESTS, 0));
    }

    @Test
    void shouldWriteNothingButTheStatusOfAProbeThatFails() {
        long answer = VirtioUnderTest.buffer(REQUESTS, 0) + 0x1000;
        unit.send(probe(ENDPOINT), PROBE_BYTES);
        unit.memory.writeLong(answer, -1);
        unit.memory.writeLong(answer + PROBE_BYTES - 12, -1);
        unit.bench.settle();

        assertEquals(-1, unit.memory.readLong(answer));
        assertEquals(-1, unit.memory.readLong(answer + PROBE_BYTES - 12));
        assertEquals(Status.INVAL.ordinal(), unit.memory.readInt(answer + PROBE_BYTES - 4));
        assertEquals(PROBE_BYTES, unit.usedBytes(REQUESTS, 0));
    }

    @Test
    void shouldNotDescribeIntoASmallAreaOrUnknownEndpoints() {
        unit.send(probe(ENDPOINT), PROBE_BYTES);
        unit.send(probe(0x1_0000), PROBE_BYTES + 4);
        unit.bench.settle();

        byte[] small = new byte[PROBE_BYTES];
        small[PROBE_BYTES - 4] = (byte) Status.INVAL.ordinal();
        assertArrayEquals(small, unit.answer(0, PROBE_BYTES));
        assertEquals(Status.NOENT.ordinal(), unit.answer(1, PROBE_BYTES + 4)[PROBE_BYTES]);
    }

    // What is not a request.

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 0xFF})
    void shouldGiveBackUnknownRequestsUnused(int type) {
        unit.send(with(attach(DOMAIN, ENDPOINT, 0), 0, type), 4);
        unit.bench.settle();

        assertEquals(1, unit.returned(REQUESTS));
        assertEquals(0, unit.usedBytes(REQUESTS, 0));
    }

    @Test
    void shouldGiveBackRequestsWithoutRoomForATail() {
        unit.send(attach(DOMAIN, ENDPOINT, 0), 3);
        unit.bench.settle();

        assertEquals(0, unit.usedBytes(REQUESTS, 0));
        assertEquals(FaultReason.DOMAIN.code(), unit.read(VA).code());
    }

    @Test
    void shouldNotKnowRequestsOfFeaturesThatWereNotAccepted() {
        unit = new VirtioUnderTest();
        unit.start(1L << 32);
        unit.send(probe(ENDPOINT), PROBE_BYTES + 4);
        unit.send(map(DOMAIN, VA, VA + 0xFFF, PA, 1), 4);
        unit.send(attach(DOMAIN, ENDPOINT, 0), 4);
        unit.bench.settle();

        assertEquals(0, unit.usedBytes(REQUESTS, 0));
        assertEquals(0, unit.usedBytes(REQUESTS, 1));
        assertEquals(4, unit.usedBytes(REQUESTS, 2));
    }

    @Test
    void shouldRefuseRequestsThatAreCutShort() {
        byte[] cut = Arrays.copyOf(attach(DOMAIN, ENDPOINT, 0), 16);

        assertEquals(Status.INVAL, request(cut));
    }
}
