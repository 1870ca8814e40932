package svasim.os.iommu.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import svasim.iommu.virtio.ReservedRegion;
import svasim.iommu.virtio.VirtioConfig;
import svasim.iommu.virtio.VirtioIommu;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DmaBuffer;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.DriverContract;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PciPath;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** The driver's messages on a real virtio-iommu. */
class VirtioDriverTest extends DriverContract {
    @Override
    protected DriverUnderTest.Parts parts(OsUnderTest.Setup setup) {
        return new DriverUnderTest.Parts(
                setup,
                around -> new VirtioIommu(VirtioConfig.defaults(), around),
                VirtioDriver::new,
                OsUnderTest.capable(20),
                PciPath.INTEGRATED,
                IommuOptions.defaults());
    }

    private DriverUnderTest.Parts partsWith(Map<String, Long> features) {
        VirtioConfig config = VirtioConfig.defaults().withFeatures(features);
        return plainParts().with(around -> new VirtioIommu(config, around));
    }

    /** Names of the requests that the device has carried out. */
    private static List<String> requests(DriverUnderTest test) {
        return test.recorder().of(Kind.COMMAND_EXECUTED).stream()
                .map(seen -> seen.subject().toString())
                .toList();
    }

    private static DmaBuffer mapped(DriverUnderTest test, int pages) {
        DmaBuffer buffer = new DmaBuffer(test.device(), pages * 4096L, 12);
        test.run(test.driver().dma().map(buffer));
        return buffer;
    }

    @Test
    void shouldProbeAndAttachEachEndpoint() {
        var test = plain();

        test.system().run();

        assertEquals(List.of("PROBE", "ATTACH"), requests(test));
        test.recorder()
                .assertOrder(
                        "viommu_probe/reset device",
                        "viommu_probe/negotiate features",
                        "viommu_probe/set up queues",
                        "viommu_probe/set DRIVER_OK",
                        "viommu_probe_device/send PROBE",
                        "viommu_send_req_sync/kick",
                        "viommu_send_req_sync/poll used ring");
    }

    @Test
    void shouldNotProbeWithoutTheFeature() {
        var test = new DriverUnderTest(partsWith(Map.of("PROBE", 0L)));

        test.system().run();

        assertEquals(List.of("ATTACH"), requests(test));
    }

    @Test
    void shouldSendOneMapForEachPageAndOneUnmapForAll() {
        var test = plain();
        test.system().run();

        DmaBuffer buffer = mapped(test, 3);
        test.run(test.driver().dma().unmap(buffer));

        assertEquals(List.of("PROBE", "ATTACH", "MAP", "MAP", "MAP", "UNMAP"), requests(test));
    }

    @Test
    void shouldMapMorePagesThanTheQueueHolds() {
        var test = plain();
        test.system().run();

        DmaBuffer buffer = mapped(test, 200);

        long last = buffer.bytes() - 8;
        var seen = test.explain(PasidPrefix.NONE, buffer.iova() + last, Access.WRITE);
        assertEquals(buffer.physical(last), seen.address());
    }

    @Test
    void shouldWorkThroughSmallQueues() {
        VirtioConfig config = new VirtioConfig(null, null, null, 2, null, null, null);
        var test =
                new DriverUnderTest(plainParts().with(around -> new VirtioIommu(config, around)));
        test.system().run();

        DmaBuffer buffer = mapped(test, 5);

        assertTrue(test.explain(PasidPrefix.NONE, buffer.iova(), Access.READ).translated());
    }

    @Test
    void shouldServeSeveralTasksAtOnce() {
        var test = plain();
        test.system().run();
        List<DmaBuffer> buffers =
                IntStream.range(0, 4)
                        .mapToObj(i -> new DmaBuffer(test.device(), 100 * 4096L, 12))
                        .toList();

        for (DmaBuffer buffer : buffers) {
            var call = test.driver().dma().map(buffer);
            test.system().platform().scheduler().start("map", Priority.KERNEL, call);
        }
        test.system().kernel().runUntilQuiet();

        for (DmaBuffer buffer : buffers) {
            var seen = test.explain(PasidPrefix.NONE, buffer.iova() + 99 * 4096, Access.READ);
            assertEquals(buffer.physical(99 * 4096), seen.address());
        }
    }

    @Test
    void shouldLeaveUnmapToTheFlushInLazyDomain() {
        var test = new DriverUnderTest(plainParts().with(LAZY));
        test.system().run();
        DmaBuffer buffer = mapped(test, 1);
        long iova = buffer.iova();
        long start = test.system().kernel().nowPs();

        var unmap = test.driver().dma().unmap(buffer);
        test.system().platform().scheduler().start("unmap", Priority.KERNEL, unmap);
        test.runTo(start + Picoseconds.ofMicros(9_000).value());
        assertTrue(test.explain(PasidPrefix.NONE, iova, Access.READ).translated());

        test.runTo(start + Picoseconds.ofMicros(11_000).value());
        assertFalse(test.explain(PasidPrefix.NONE, iova, Access.READ).translated());
    }

    @Test
    void shouldKeepReservedRegionsOutOfDeviceAddresses() {
        ReservedRegion top = new ReservedRegion(0xFFF0_0000L, 0xFFFF_FFFFL, false);
        ReservedRegion doorbell = new ReservedRegion(0xFEE0_0000L, 0xFEEF_FFFFL, true);
        VirtioConfig config =
                new VirtioConfig(null, null, List.of(top, doorbell), null, null, null, null);
        var test =
                new DriverUnderTest(plainParts().with(around -> new VirtioIommu(config, around)));
        test.system().run();

        DmaBuffer buffer = mapped(test, 1);

        assertEquals(0xFFEF_F000L, buffer.iova());
        assertTrue(test.explain(PasidPrefix.NONE, buffer.iova(), Access.READ).translated());
    }

    @Test
    void shouldTakeNoteOfFaultsAndGiveTheirBuffersBack() {
        var test = plain();
        test.system().run();

        for (int i = 0; i < 200; i++) {
            var read = test.read(PasidPrefix.NONE, 0x1000);
            test.system().kernel().runUntilQuiet();
            assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, read.refusal());
        }

        assertEquals(200, test.recorder().of(Kind.FAULT_RECORDED).size());
        assertTrue(test.recorder().steps().contains("viommu_event_handler/report fault"));
    }

    @Test
    void shouldBypassInIdentityDomain() {
        var test = new DriverUnderTest(plainParts().with(IommuOptions.of(DomainType.IDENTITY)));
        test.system().run();

        assertEquals(0x1000, test.explain(PasidPrefix.NONE, 0x1000, Access.READ).address());
    }

    @Test
    void shouldReplayMappingsAfterTheDeviceHasForgottenThem() {
        var test = plain();
        test.system().run();
        DmaBuffer buffer = mapped(test, 2);

        test.run(test.driver().attach(test.device(), DomainType.BLOCKED));
        assertFalse(test.explain(PasidPrefix.NONE, buffer.iova(), Access.READ).translated());

        test.run(test.driver().attach(test.device(), DomainType.DMA));
        var seen = test.explain(PasidPrefix.NONE, buffer.iova() + 4096, Access.READ);
        assertEquals(buffer.physical(4096), seen.address());
    }

    @Test
    void shouldRefuseBindForWantOfPageTableAttachment() {
        assertRefused("no page-table attachment", plainParts());
    }

    @Test
    void shouldRefuseBindOfUnitThatCannotBeProbed() {
        assertRefused("has not been probed", partsWith(Map.of("MAP_UNMAP", 0L)));
    }
}
