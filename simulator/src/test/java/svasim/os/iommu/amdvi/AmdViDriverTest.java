package svasim.os.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.amdvi.AmdVi;
import svasim.iommu.amdvi.AmdViConfig;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PageRequestDriverContract;
import svasim.os.iommu.PciPath;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** The sequences of the AMD-Vi driver (reference of the life of a PASID, 3.3) on a real unit. */
class AmdViDriverTest extends PageRequestDriverContract {
    private static final int COMPLETION_WAIT = 1;
    private static final int IOMMU_PAGES = 3;
    private static final int IOTLB_PAGES = 4;
    private static final int LOG_ENTRIES = 512;

    @Override
    protected DriverUnderTest.Parts parts(OsUnderTest.Setup setup) {
        return new DriverUnderTest.Parts(
                setup,
                around -> new AmdVi(AmdViConfig.defaults(), around),
                AmdViDriver::new,
                OsUnderTest.capable(20),
                PciPath.INTEGRATED,
                IommuOptions.defaults());
    }

    private DriverUnderTest.Parts partsWith(Map<String, Long> features) {
        AmdViConfig config = AmdViConfig.defaults().withFeatures(features);
        return plainParts().with(around -> new AmdVi(config, around));
    }

    private static List<Integer> opcodes(DriverUnderTest test, int from) {
        return test.recorder().all().subList(from, test.recorder().all().size()).stream()
                .filter(seen -> seen.kind() == Kind.COMMAND_EXECUTED)
                .map(seen -> (int) (seen.a() >>> 60))
                .toList();
    }

    @Test
    void shouldEnableCapabilitiesBeforeDeviceTableEntry() {
        var test = plain();

        test.system().run();

        test.recorder()
                .assertOrder(
                        "early_enable_iommu/iommu_enable_command_buffer",
                        "early_enable_iommu/iommu_enable",
                        "early_enable_iommu/iommu_enable_ppr_log",
                        "attach_device/pdev_enable_cap_pasid",
                        "attach_device/pdev_enable_cap_ats",
                        "attach_device/pdev_enable_cap_pri",
                        "attach_device/set device table entry",
                        "attach_device/device_flush_dte");
    }

    @Test
    void shouldFlushUnitThenDeviceThenWait() {
        var test = plain();
        test.system().process("app", "full", OPEN, new Step.Unmap("full"), LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        int begun = test.recorder().indexOf(Kind.RANGE_INVALIDATE);

        assertEquals(List.of(IOMMU_PAGES, IOTLB_PAGES, COMPLETION_WAIT), opcodes(test, begun));
    }

    @Test
    void shouldClearGuestRootAndFlushWhenAddressSpaceDies() {
        var test = plain();
        test.system().process("app", "full", OPEN, EXIT);

        test.system().run();

        test.recorder()
                .assertOrder(
                        "sva_mn_release/remove device",
                        "remove_dev_pasid/clear GCR3 entry",
                        "remove_dev_pasid/flush pages",
                        "iommu_queue_command/wait on cmd_sem",
                        "exit_mmap/unmap_vmas");
    }

    @Test
    void shouldRestartPprLogAfterOverflow() {
        var test = plain();
        long va = bound(test, "dst").address("dst");

        for (int i = 0; i < LOG_ENTRIES + 8; i++) {
            test.request(1, va, i & 0x1FF, false);
        }
        test.runTo(2 * MIDDLE_PS - 1);
        test.request(1, va, 7, true);
        test.system().kernel().runUntilQuiet();

        var answers = test.sent(Tlp.PageGroupResponse.class);
        assertEquals(1, answers.size());
        assertEquals(7, answers.get(0).prgIndex());
    }

    @Test
    void shouldRefuseRequestWithoutPasid() {
        var test = plain();
        bound(test, "dst");

        var request = new Tlp.PageRequest(DriverUnderTest.RID, 0x1000, 5, true, true, true, null);
        test.unit().receive(request, test.system().kernel().nowPs());
        test.runTo(2 * MIDDLE_PS - 1);

        var answer = test.sent(Tlp.PageGroupResponse.class).get(0);
        assertEquals(Tlp.PageGroupResponse.RESPONSE_FAILURE, answer.code());
        assertEquals(PasidPrefix.NONE, PasidPrefix.number(answer.pasid()));
    }

    @Test
    void shouldShowProcessMemoryThroughEachDepthOfGuestRoots() {
        for (long levels = 0; levels <= 2; levels++) {
            var test = new DriverUnderTest(partsWith(Map.of("EFR.GLXSup", levels)));
            Process app = bound(test, "full");

            assertTrue(test.explain(1, app.address("full"), Access.READ).translated());
            long bits = Math.min(20, 9 * (levels + 1));
            assertEquals(1 << bits, test.driver().pasidLimit(test.device()));
        }
    }

    @Test
    void shouldRefuseBindWithoutGuestTranslation() {
        assertRefused("does not walk guest tables", partsWith(Map.of("EFR.GTSup", 0L)));
    }

    @Test
    void shouldRefuseBindIfDmaApiNeedsHostTables() {
        assertRefused("needs host tables", partsWith(Map.of("EFR.GIoSup", 0L)));
    }

    @Test
    void shouldRefuseBindWithoutPageRequestsOfUnit() {
        assertRefused("does not take page requests", partsWith(Map.of("EFR.PPRSup", 0L)));
    }

    @Test
    void shouldRefuseBindOfDeviceWithoutPageRequests() {
        ConfigurationSpace space = new ConfigurationSpace();
        new PasidCapability(space, 20, false, false);
        new AtsCapability(space, 32, false);

        assertRefused("cannot make page requests", space, PciPath.INTEGRATED);
    }

    @Test
    void shouldMapDmaBuffersInHostTables() {
        assertDmaApi(partsWith(Map.of("EFR.GIoSup", 0L)), 12);
        assertDmaApi(partsWith(Map.of("EFR.GIoSup", 0L)), 21);
    }

    @Test
    void shouldNotOfferAnythingHypothetical() {
        var test = plain();
        test.system().run();

        assertFalse(test.driver().name().isEmpty());
        assertEquals(List.of(), test.driver().hypothetical());
    }
}
