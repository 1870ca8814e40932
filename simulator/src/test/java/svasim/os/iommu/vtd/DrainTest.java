package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.vtd.VtdConfig;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.Script;
import svasim.os.defect.Defect;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** Unbind with page requests in the ring, in the workers and in the unit (reference, 3.1). */
class DrainTest {
    private static final int WAIT = 5;
    private static final int PASID_IOTLB = 6;
    private static final int DEVICE_TLB = 8;
    private static final long DRAIN = 1 << 7;
    private static final long FENCE = 1 << 6;
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step CLOSE = new Step.Close("dev0");
    private static final Step LONG = new Step.Sleep(Picoseconds.ofMicros(500));
    private static final Step EXIT = new Step.Exit();

    private VtdUnderTest test;

    /** The device asks for pages when the driver stops it. */
    private Recorder run(OsUnderTest.Setup setup, Step... end) {
        return runAndAskAt("simple_release/stop", setup, end);
    }

    /** A process that closes or exits; the device asks for pages when that step begins. */
    private Recorder runAndAskAt(String step, OsUnderTest.Setup setup, Step... end) {
        test = new VtdUnderTest(setup, VtdConfig.defaults(), OsUnderTest.capable(20));
        Step[] steps = new Step[end.length + 2];
        steps[0] = OPEN;
        steps[1] = LONG;
        System.arraycopy(end, 0, steps, 2, end.length);
        Process app = test.system().process("app", "dst", steps);
        test.system().os().boot();
        test.system().runToStep(step);
        long va = app.address("dst");
        test.request(1, va, 3, true);
        test.request(1, va + 4096, 4, false);
        test.request(1, va + 4096, 4, true);
        test.system().kernel().runUntilQuiet();
        return test.recorder();
    }

    private List<Integer> codes() {
        return test.sent(Tlp.PageGroupResponse.class).stream()
                .map(Tlp.PageGroupResponse::code)
                .toList();
    }

    private static int last(Recorder seen, Kind kind) {
        int last = -1;
        for (int i = 0; i < seen.all().size(); i++) {
            last = seen.all().get(i).kind() == kind ? i : last;
        }
        return last;
    }

    @Test
    void shouldAnswerEverythingBeforeUnbindReturns() {
        Recorder seen = run(new OsUnderTest.Setup(), CLOSE, EXIT);

        assertEquals(List.of(0, 0), codes());
        assertTrue(last(seen, Kind.PAGE_REQUEST_ANSWERED) < seen.indexOf(Kind.UNBOUND));
    }

    /** The unit answers by itself, since the entry is not present. */
    @Test
    void shouldLeaveRequestsAfterDeathToTheUnit() {
        Recorder seen = run(new OsUnderTest.Setup(), EXIT);

        assertEquals(List.of(1, 1), codes());
        assertTrue(seen.of(Kind.PAGE_REQUEST_QUEUED).isEmpty());
    }

    @Test
    void shouldAnswerInvalidWhenAddressSpaceDiedMeanwhile() {
        var late = new OsUnderTest.Setup().choices(Script.of("cpu.interrupt=2"));
        Recorder seen = runAndAskAt("do_exit/exit_mm", late, EXIT);

        assertEquals(List.of(1, 1), codes());
        assertTrue(last(seen, Kind.PAGE_REQUEST_ANSWERED) < seen.indexOf(Kind.UNBOUND));
    }

    @Test
    void shouldWaitForLateInterruptOfTheRing() {
        Recorder seen = run(new OsUnderTest.Setup().choices(Script.of("cpu.interrupt=2")), CLOSE);

        assertEquals(2, codes().size());
        assertTrue(last(seen, Kind.PAGE_REQUEST_ANSWERED) < seen.indexOf(Kind.DRAINED));
    }

    @Test
    void shouldWaitForLateWorkers() {
        Recorder seen = run(new OsUnderTest.Setup().choices(Script.of("os.wakeup=2")), CLOSE);

        assertEquals(2, codes().size());
        assertTrue(last(seen, Kind.PAGE_REQUEST_ANSWERED) < seen.indexOf(Kind.DRAINED));
    }

    @Test
    void shouldScanRingThenFlushWorkersThenAskTheUnit() {
        run(new OsUnderTest.Setup(), CLOSE, EXIT)
                .assertOrder(
                        "intel_iommu_drain_pasid_prq/scan ring",
                        "intel_iommu_drain_pasid_prq/flush fault workers",
                        "flush_workqueue/wait for all queued work",
                        "intel_iommu_drain_pasid_prq/wait with page-request drain",
                        "qi_submit_sync/wait for status",
                        "intel_iommu_drain_pasid_prq/check overflow",
                        "iommu_sva_unbind_device/nothing is under way");
    }

    @Test
    void shouldSubmitFenceIotlbDeviceTlbAndDrainingWait() {
        Recorder seen = run(new OsUnderTest.Setup(), CLOSE, EXIT);

        List<Long> words = seen.of(Kind.COMMAND_EXECUTED).stream().map(Recorder.Seen::a).toList();
        int drain = 0;
        while ((words.get(drain) & 0xF) != WAIT || (words.get(drain) & DRAIN) == 0) {
            drain++;
        }
        assertEquals(WAIT, words.get(drain - 3) & 0xF);
        assertEquals(FENCE, words.get(drain - 3) & FENCE);
        assertEquals(PASID_IOTLB, words.get(drain - 2) & 0xF);
        assertEquals(DEVICE_TLB, words.get(drain - 1) & 0xF);
    }

    @Test
    void shouldNotDrainDeviceThatCannotAsk() {
        ConfigurationSpace space = new ConfigurationSpace();
        new PasidCapability(space, 20, false, false);
        new AtsCapability(space, 32, false);
        test = new VtdUnderTest(new OsUnderTest.Setup(), VtdConfig.defaults(), space);
        test.system().run();
        var entry =
                new svasim.os.iommu.PasidEntry(
                        test.device(), 1, test.system().os().spaces().create("mm"));

        test.system().finish(test.driver().drain(entry));

        assertFalse(test.recorder().steps().contains("intel_iommu_drain_pasid_prq/scan ring"));
    }

    @Test
    void shouldLeaveRequestsToNobodyAfterDeathWithDefect() {
        var late = Script.of("cpu.interrupt=2");
        var setup = new OsUnderTest.Setup().defect(Defect.S18).choices(late);
        Recorder seen = runAndAskAt("do_exit/exit_mm", setup, EXIT);

        assertTrue(last(seen, Kind.PAGE_REQUEST_ANSWERED) > seen.indexOf(Kind.UNBOUND));
    }

    @Test
    void shouldLeaveRequestsToNobodyAfterCloseWithDefect() {
        Recorder seen =
                run(
                        new OsUnderTest.Setup()
                                .defect(Defect.I_33)
                                .choices(Script.of("cpu.interrupt=2")),
                        CLOSE,
                        LONG);

        assertTrue(last(seen, Kind.PAGE_REQUEST_ANSWERED) > seen.indexOf(Kind.UNBOUND));
    }

    @Test
    void shouldAnswerPendingGroupsInPlaceOfWorkersWhenDeviceLeavesTheQueue() {
        Recorder seen =
                run(
                        new OsUnderTest.Setup()
                                .defect(Defect.I_33)
                                .choices(Script.of("os.preempt=1")),
                        CLOSE,
                        LONG);

        assertTrue(seen.steps().contains("iopf_queue_remove_device/answer pending groups"));
        assertEquals(2, codes().size());
    }
}
