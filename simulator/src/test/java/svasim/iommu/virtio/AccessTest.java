package svasim.iommu.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.virtio.VirtioUnderTest.DOMAIN;
import static svasim.iommu.virtio.VirtioUnderTest.ENDPOINT;
import static svasim.iommu.virtio.VirtioUnderTest.EVENTS;
import static svasim.iommu.virtio.VirtioUnderTest.PA;
import static svasim.iommu.virtio.VirtioUnderTest.VA;
import static svasim.iommu.virtio.VirtioUnderTest.attach;
import static svasim.iommu.virtio.VirtioUnderTest.detach;
import static svasim.iommu.virtio.VirtioUnderTest.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;

/** What accesses of endpoints meet: mappings, bypass, reserved regions, faults. */
class AccessTest {
    private static final long DOORBELL = 0xFEE0_1000L;

    private VirtioUnderTest unit = VirtioUnderTest.started();

    private void restart(VirtioConfig config, long features) {
        unit = new VirtioUnderTest(config);
        unit.start(features);
    }

    @Provokes(value = "MAPPING", seen = FaultReason.class)
    @Test
    void shouldSeparateReadFromWrite() {
        unit.request(attach(DOMAIN, ENDPOINT, 0));
        unit.request(map(DOMAIN, VA, VA + 0xFFF, PA, 1));
        unit.request(map(DOMAIN, VA + 0x1000, VA + 0x1FFF, PA, 2));

        assertTrue(unit.read(VA).translated());
        assertEquals(FaultReason.MAPPING.code(), unit.write(VA).code());
        assertTrue(unit.write(VA + 0x1000).translated());
        assertEquals(FaultReason.MAPPING.code(), unit.read(VA + 0x1000).code());
    }

    @Provokes(value = "DOMAIN", seen = FaultReason.class)
    @Test
    void shouldRefuseEndpointsThatAreNotAttached() {
        UnitBench.Outcome outcome = unit.read(VA);

        assertEquals(FaultReason.DOMAIN.code(), outcome.code());
        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, outcome.status());
    }

    @Provokes(value = "UNKNOWN", seen = FaultReason.class)
    @Test
    void shouldNotKnowPasidsAndTranslatedRequests() {
        unit.mapped();

        assertEquals(FaultReason.UNKNOWN.code(), unit.bench.access(ENDPOINT, 1, VA, 1).code());
        assertEquals(
                FaultReason.UNKNOWN.code(),
                unit.bench.translated(ENDPOINT, PasidPrefix.NONE, VA, 1).code());
        assertEquals(
                CompletionStatus.UNSUPPORTED_REQUEST,
                unit.bench.ask(ENDPOINT, PasidPrefix.NONE, VA, false).status());
    }

    @Test
    void shouldBypassWhileUnattachedIfTheFieldSaysSo() {
        unit.bypass(1);
        assertEquals(VA, unit.write(VA).address());

        unit.request(attach(DOMAIN, ENDPOINT, 0));
        assertEquals(FaultReason.MAPPING.code(), unit.write(VA).code());
        unit.request(detach(DOMAIN, ENDPOINT));
        assertEquals(VA, unit.write(VA).address());
        unit.bypass(0);
        assertEquals(FaultReason.DOMAIN.code(), unit.write(VA).code());
    }

    @Test
    void shouldBypassInABypassDomain() {
        unit.request(attach(DOMAIN, ENDPOINT, 1));

        assertEquals(VA, unit.write(VA).address());
    }

    @Test
    void shouldBypassUnattachedOnceTheOldFeatureIsAccepted() {
        VirtioConfig old =
                VirtioConfig.defaults().withFeatures(Map.of("BYPASS_CONFIG", 0L, "BYPASS", 1L));
        restart(old, 1L << 32);
        assertEquals(FaultReason.DOMAIN.code(), unit.read(VA).code());

        restart(old, 1L << 32 | 1L << 3);

        assertEquals(VA, unit.read(VA).address());
    }

    @Test
    void shouldLetInterruptMessagesPass() {
        unit.request(attach(DOMAIN, ENDPOINT, 0));

        assertEquals(DOORBELL, unit.write(DOORBELL).address());
    }

    @Test
    void shouldKeepAccessesFromReservedRegionsEvenInBypass() {
        var region = new ReservedRegion(0x1_0000L, 0x1_FFFFL, false);
        restart(
                new VirtioConfig(null, null, List.of(region), null, null, null, null),
                VirtioUnderTest.FEATURES);

        assertEquals(FaultReason.MAPPING.code(), unit.read(0x1_8000).code());
        assertTrue(unit.read(0x2_0000).translated());
    }

    @Test
    void shouldCacheTheLargestPieceOfAMapping() {
        long start = 0x4000_0000L;
        unit.request(attach(DOMAIN, ENDPOINT, 0));
        unit.request(map(DOMAIN, start, start + 0x3F_FFFF, 0x8020_0000L, 1));
        unit.read(start + 0x1000);
        long walks = unit.bench.counter("walk.count");

        assertEquals(0x8020_0000L + 0x1F_F000, unit.read(start + 0x1F_F000).address());

        assertEquals(walks, unit.bench.counter("walk.count"));
        Explanation found = unit.device.explain(ENDPOINT, PasidPrefix.NONE, start, Access.READ);
        assertEquals(21, found.pageShift());
        assertEquals(DOMAIN, found.tag());
    }

    @Test
    void shouldExplainWithoutReporting() {
        unit.eventBuffers(1, 24);

        Explanation found = unit.device.explain(ENDPOINT, PasidPrefix.NONE, VA, Access.READ);

        assertEquals(FaultReason.DOMAIN.code(), found.faultCode());
        assertEquals(0, unit.returned(EVENTS));
        assertEquals(Iommu.NO_ROOT, unit.device.rootOf(ENDPOINT, PasidPrefix.NONE));
    }

    @Test
    void shouldDropReportsWithoutABuffer() {
        unit.read(VA);
        assertEquals(1, unit.bench.counter("eventq.lost"));

        unit.eventBuffers(1, 24);
        unit.read(VA);

        assertEquals(1, unit.bench.counter("eventq.recorded"));
        assertEquals(FaultReason.DOMAIN.code(), unit.event(0)[0]);
    }

    @Test
    void shouldNotSplitAReportOverShortBuffers() {
        unit.eventBuffers(2, 16);
        unit.eventBuffers(1, 32);

        unit.read(VA);

        assertEquals(3, unit.returned(EVENTS));
        assertEquals(0, unit.usedBytes(EVENTS, 0));
        assertEquals(24, unit.usedBytes(EVENTS, 2));
    }

    /** A request for the page is under way when it is unmapped. */
    @Test
    void shouldHoldTheStatusUntilNothingUsesTheMapping() {
        unit.mapped();
        int token = unit.bench.start(ENDPOINT, PasidPrefix.NONE, VA, Access.READ);
        List<Runnable> callbacks = new ArrayList<>();
        unit.device.watch(callbacks::add);

        unit.send(VirtioUnderTest.unmap(DOMAIN, 0, -1), 4);
        unit.bench.settle();

        assertFalse(unit.bench.outcome(token).pending());
        assertEquals(2, unit.returned(VirtioUnderTest.REQUESTS));
        assertTrue(unit.device.waitingFor().contains("request of the driver"));
        callbacks.forEach(Runnable::run);
        assertEquals(3, unit.returned(VirtioUnderTest.REQUESTS));
    }
}
