package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Iommu;
import svasim.iommu.vtd.VtdConfig;
import svasim.memory.FrameUse;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.defect.Defect;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DmaBuffer;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciPath;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** The sequences of the VT-d driver (reference of the life of a PASID, 3.1) on a real unit. */
class VtdDriverTest {
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step EXIT = new Step.Exit();
    private static final Step LONG = new Step.Sleep(Picoseconds.ofMicros(1_000));
    private static final long MIDDLE_PS = Picoseconds.ofMicros(500).value();

    @Test
    void shouldEnablePasidBeforeAtsBeforePri() {
        var test = VtdUnderTest.plain();

        test.system().run();

        test.recorder()
                .assertOrder(
                        "intel_iommu_init/enable translation",
                        "intel_iommu_probe_device/enable PASID",
                        "intel_iommu_probe_device/enable ATS",
                        "intel_iommu_probe_device/enable PRI");
        assertTrue(test.device().features().pasidEnabled());
        assertTrue(test.device().features().atsEnabled());
        assertTrue(test.device().features().priEnabled());
    }

    @Test
    void shouldShowProcessMemoryToDeviceWhileBound() {
        var test = VtdUnderTest.plain();
        Process app = test.system().process("app", "full", OPEN, LONG, EXIT);
        test.system().os().boot();

        test.runTo(MIDDLE_PS);

        long va = app.address("full");
        var seen = test.explain(1, va + 8, Access.READ);
        assertTrue(seen.translated());
        assertEquals(app.mm().physical(va + 8), seen.address());
        assertEquals(app.mm().root(), test.unit().rootOf(VtdUnderTest.RID, 1));
    }

    @Test
    void shouldShowNothingAfterExit() {
        var test = VtdUnderTest.plain();
        test.system().process("app", "full", OPEN, EXIT);

        test.system().run();

        assertEquals(Iommu.NO_ROOT, test.unit().rootOf(VtdUnderTest.RID, 1));
        assertEquals(
                List.of("1:allocated", "1:bound", "1:cut", "1:drained", "1:freed"),
                test.recorder().pasidStates());
    }

    @Test
    void shouldFlushCachesInOrderWhenAddressSpaceDies() {
        var test = VtdUnderTest.plain();
        test.system().process("app", "full", OPEN, EXIT);

        test.system().run();

        test.recorder()
                .assertOrder(
                        "intel_mm_release/tear down PASID entry",
                        "intel_pasid_tear_down_entry/clear Present",
                        "intel_pasid_tear_down_entry/flush PASID cache",
                        "qi_submit_sync/wait for status",
                        "intel_pasid_tear_down_entry/flush IOTLB",
                        "qi_submit_sync/wait for status",
                        "intel_pasid_tear_down_entry/flush device-TLB",
                        "qi_submit_sync/wait for status",
                        "intel_pasid_tear_down_entry/clear PASID entry",
                        "exit_mmap/unmap_vmas");
    }

    @Test
    void shouldInvalidateDeviceBeforeFreeingUnmappedPages() {
        var test = VtdUnderTest.plain();
        Step unmap = new Step.Unmap("full");
        test.system().process("app", "full", OPEN, unmap, LONG, EXIT);
        test.system().os().boot();

        test.runTo(MIDDLE_PS);

        var requests = test.sent(Tlp.InvalidateRequest.class);
        assertEquals(1, requests.size());
        assertTrue(requests.get(0).sized());
        int returned = test.recorder().indexOf(Kind.RANGE_INVALIDATED);
        assertTrue(test.recorder().indexOf(Kind.INVALIDATION_COMPLETED) < returned);
        assertTrue(returned < firstPageFreed(test.recorder()));
    }

    @Test
    void shouldNotWaitForDeviceWithDefect() {
        var setup = new OsUnderTest.Setup().defect(Defect.I_01);
        var test = new VtdUnderTest(setup, VtdConfig.defaults(), OsUnderTest.capable(20));
        test.system().process("app", "full", OPEN, new Step.Unmap("full"), LONG, EXIT);
        test.system().os().boot();

        test.runTo(MIDDLE_PS);

        Recorder seen = test.recorder();
        assertTrue(seen.indexOf(Kind.RANGE_INVALIDATED) < seen.indexOf(Kind.INVALIDATION_SENT));
    }

    @Test
    void shouldResolvePageRequestAndAnswerSuccess() {
        var test = VtdUnderTest.plain();
        Process app = test.system().process("app", "dst", OPEN, LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);
        long va = app.address("dst");

        test.request(1, va, 7, true);
        test.runTo(2 * MIDDLE_PS - 1);

        var answers = test.sent(Tlp.PageGroupResponse.class);
        assertEquals(1, answers.size());
        assertEquals(Tlp.PageGroupResponse.SUCCESS, answers.get(0).code());
        assertEquals(7, answers.get(0).prgIndex());
        assertTrue(test.explain(1, va, Access.WRITE).translated());
    }

    @Test
    void shouldAnswerGroupOnceAfterItsLastRequest() {
        var test = VtdUnderTest.plain();
        Process app = test.system().process("app", "dst", OPEN, LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);
        long va = app.address("dst");

        test.request(1, va, 3, false);
        test.request(1, va + 4096, 3, true);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(1, test.sent(Tlp.PageGroupResponse.class).size());
        assertTrue(test.explain(1, va, Access.WRITE).translated());
        assertTrue(test.explain(1, va + 4096, Access.WRITE).translated());
    }

    @Test
    void shouldAnswerInvalidForAddressWithoutMapping() {
        var test = VtdUnderTest.plain();
        test.system().process("app", "", OPEN, LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        test.request(1, 0x1000, 3, true);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(
                Tlp.PageGroupResponse.INVALID_REQUEST,
                test.sent(Tlp.PageGroupResponse.class).get(0).code());
    }

    @Test
    void shouldAnswerTwiceWithDefect() {
        var setup = new OsUnderTest.Setup().defect(Defect.I_30);
        var test = new VtdUnderTest(setup, VtdConfig.defaults(), OsUnderTest.capable(20));
        Process app = test.system().process("app", "dst", OPEN, LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        test.request(1, app.address("dst"), 7, true);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(2, test.sent(Tlp.PageGroupResponse.class).size());
    }

    @Test
    void shouldDrainRequestsBeforeUnbindReturns() {
        var test = VtdUnderTest.plain();
        Step close = new Step.Close("dev0");
        Process app = test.system().process("app", "dst", OPEN, LONG, close, EXIT);
        test.system().os().boot();
        test.runToStep("simple_release/stop");
        test.request(1, app.address("dst"), 7, true);

        test.system().kernel().runUntilQuiet();

        Recorder seen = test.recorder();
        assertTrue(seen.indexOf(Kind.PAGE_REQUEST_ANSWERED) < seen.indexOf(Kind.UNBOUND));
        assertEquals(1, test.sent(Tlp.PageGroupResponse.class).size());
    }

    @Test
    void shouldRefuseBindBehindPortWithoutPrefixes() {
        var test =
                new VtdUnderTest(
                        new OsUnderTest.Setup(),
                        VtdConfig.defaults(),
                        OsUnderTest.capable(20),
                        PciPath.behindPort(false));
        Process app = test.system().process("app", "", OPEN, EXIT);

        test.system().run();

        assertTrue(app.failures().get(0).contains("End-End TLP prefixes"), app.failures().get(0));
        assertFalse(test.device().features().pasidEnabled());
    }

    @Test
    void shouldRefuseBindOfDeviceWithoutPasid() {
        ConfigurationSpace space = new ConfigurationSpace();
        new AtsCapability(space, 32, false);

        assertRefused("has no PASID capability", VtdConfig.defaults(), space);
    }

    @Test
    void shouldRefuseBindOfDeviceWithoutPageRequests() {
        ConfigurationSpace space = new ConfigurationSpace();
        new PasidCapability(space, 20, false, false);
        new AtsCapability(space, 32, false);

        assertRefused("cannot make page requests", VtdConfig.defaults(), space);
    }

    @Test
    void shouldRefuseBindIfResponsesWouldLackPasid() {
        ConfigurationSpace space = new ConfigurationSpace();
        new PasidCapability(space, 20, false, false);
        new AtsCapability(space, 32, false);
        new PriCapability(space, 32, false);

        assertRefused("would lack the PASID", VtdConfig.defaults(), space);
    }

    @Test
    void shouldRefuseBindInLegacyMode() {
        VtdConfig legacy = VtdConfig.defaults().withFeatures(Map.of("ECAP.SMTS", 0L));

        assertRefused("no scalable mode", legacy, OsUnderTest.capable(20));
    }

    @Test
    void shouldTellEveryConditionOfABindWithItsPresentValue() {
        ConfigurationSpace space = new ConfigurationSpace();
        new PasidCapability(space, 16, false, false);
        new AtsCapability(space, 32, false);
        var test = new VtdUnderTest(new OsUnderTest.Setup(), VtdConfig.defaults(), space);
        test.system().run();

        List<BindCondition> chain =
                test.driver().bindConditions(test.device(), FeatureSubset.FULL_SVA);

        assertTrue(
                chain.contains(
                        BindCondition.present(
                                "iommu0", "ECAP.SMTS", true, chain.get(0).refusal())));
        assertEquals(
                List.of("Page Request Enable: no PRI capability"),
                chain.stream()
                        .filter(condition -> !condition.holds())
                        .map(condition -> condition.what() + ": " + condition.value())
                        .toList());
        assertTrue(chain.stream().anyMatch(condition -> condition.value().equals("yes, 16 bits")));
    }

    private static void assertRefused(String reason, VtdConfig config, ConfigurationSpace space) {
        var test = new VtdUnderTest(new OsUnderTest.Setup(), config, space);
        Process app = test.system().process("app", "", OPEN, EXIT);

        test.system().run();

        assertTrue(app.failures().get(0).contains(reason), app.failures().get(0));
    }

    @Test
    void shouldMapDmaBufferInScalableMode() {
        assertDmaApi(VtdConfig.defaults(), 12);
        assertDmaApi(VtdConfig.defaults(), 21);
    }

    @Test
    void shouldMapDmaBufferInLegacyMode() {
        assertDmaApi(VtdConfig.defaults().withFeatures(Map.of("ECAP.SMTS", 0L)), 12);
    }

    @Test
    void shouldKeepDmaBuffersClearOfTheInterruptRange() {
        var test =
                new VtdUnderTest(
                        new OsUnderTest.Setup(), VtdConfig.defaults(), OsUnderTest.capable(20));
        test.system().run();
        DmaBuffer large = new DmaBuffer(test.device(), 32L << 20, 21);
        DmaBuffer next = new DmaBuffer(test.device(), 4096, 12);
        var scheduler = test.system().platform().scheduler();

        scheduler.start("map", Priority.KERNEL, test.driver().dma().map(large));
        test.system().kernel().runUntilQuiet();
        scheduler.start("map", Priority.KERNEL, test.driver().dma().map(next));
        test.system().kernel().runUntilQuiet();

        assertTrue(large.iova() + large.bytes() <= 0xFEE0_0000L);
        assertTrue(next.iova() >= 0xFEF0_0000L || next.iova() + next.bytes() <= large.iova());
    }

    private static void assertDmaApi(VtdConfig config, int pageShift) {
        var test = new VtdUnderTest(new OsUnderTest.Setup(), config, OsUnderTest.capable(20));
        test.system().run();
        DmaBuffer buffer = new DmaBuffer(test.device(), 3L << pageShift, pageShift);
        var scheduler = test.system().platform().scheduler();

        scheduler.start("map", Priority.KERNEL, test.driver().dma().map(buffer));
        test.system().kernel().runUntilQuiet();
        long last = buffer.bytes() - 8;
        long iova = buffer.iova();
        var seen = test.explain(PasidPrefix.NONE, iova + last, Access.WRITE);
        assertEquals(buffer.physical(last), seen.address());

        scheduler.start("unmap", Priority.KERNEL, test.driver().dma().unmap(buffer));
        test.system().kernel().runUntilQuiet();
        assertFalse(test.explain(PasidPrefix.NONE, iova, Access.READ).translated());
    }

    @Test
    void shouldSubmitMoreDescriptorsThanTheQueueHolds() {
        var test = VtdUnderTest.plain();
        Step[] steps = new Step[301];
        for (int i = 0; i < 300; i += 3) {
            steps[i] = new Step.MapBuffer("extra");
            steps[i + 1] = new Step.Touch("extra", true);
            steps[i + 2] = new Step.Unmap("extra");
        }
        steps[300] = EXIT;
        Step[] all = new Step[303];
        all[0] = OPEN;
        all[1] = new Step.Unmap("extra");
        System.arraycopy(steps, 0, all, 2, steps.length);
        Process app = test.system().process("app", "extra", all);

        test.system().run();

        assertTrue(app.hasEnded());
        assertTrue(app.failures().isEmpty());
    }

    private static int firstPageFreed(Recorder recorder) {
        return recorder.indexOf(
                seen -> seen.kind() == Kind.FRAME_FREED && seen.subject() == FrameUse.PAGE);
    }
}
