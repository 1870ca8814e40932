package svasim.os.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import svasim.cpu.Architecture;
import svasim.iommu.smmuv3.SmmuConfig;
import svasim.iommu.smmuv3.SmmuV3;
import svasim.os.OsUnderTest;
import svasim.os.defect.Defect;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PageRequestDriverContract;
import svasim.os.iommu.PciPath;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** The sequences of the SMMUv3 driver (reference of the life of a PASID, 3.2) on a real unit. */
class SmmuDriverTest extends PageRequestDriverContract {
    private static final int F_TRANSLATION = 0x10;
    private static final int TLBI_NH_ASID = 0x11;
    private static final int TLBI_NH_VA = 0x12;
    private static final int ATC_INV = 0x40;
    private static final int SYNC = 0x46;
    private static final Step UNTIL_ALL_RUN = new Step.Sleep(Picoseconds.ofMicros(50_000));

    @Override
    protected DriverUnderTest.Parts parts(OsUnderTest.Setup setup) {
        return new DriverUnderTest.Parts(
                setup.architecture(Architecture.AARCH64),
                around -> new SmmuV3(SmmuConfig.defaults(), around),
                SmmuDriver::new,
                OsUnderTest.capable(20),
                PciPath.INTEGRATED,
                IommuOptions.defaults());
    }

    private DriverUnderTest with(Map<String, Long> features) {
        return new DriverUnderTest(partsWith(features));
    }

    private DriverUnderTest.Parts partsWith(Map<String, Long> features) {
        SmmuConfig config = SmmuConfig.defaults().withFeatures(features);
        return plainParts().with(around -> new SmmuV3(config, around));
    }

    private DriverUnderTest stalling() {
        return new DriverUnderTest(plainParts().with(withoutAts(), PciPath.INTEGRATED));
    }

    private static ConfigurationSpace withoutAts() {
        ConfigurationSpace space = new ConfigurationSpace();
        new PasidCapability(space, 20, false, false);
        return space;
    }

    /** Opcodes of the commands carried out since a point of the trace. */
    private static List<Integer> opcodes(DriverUnderTest test, int from) {
        return test.recorder().all().subList(from, test.recorder().all().size()).stream()
                .filter(seen -> seen.kind() == Kind.COMMAND_EXECUTED)
                .map(seen -> (int) seen.a() & 0xFF)
                .toList();
    }

    @Test
    void shouldEnableQueuesBeforeTranslation() {
        var test = plain();

        test.system().run();

        test.recorder()
                .assertOrder(
                        "arm_smmu_device_reset/switch off",
                        "arm_smmu_device_reset/set stream table",
                        "arm_smmu_device_reset/enable command queue",
                        "arm_smmu_device_reset/invalidate configuration",
                        "arm_smmu_device_reset/invalidate TLB",
                        "arm_smmu_device_reset/enable event queue",
                        "arm_smmu_device_reset/enable PRI queue",
                        "arm_smmu_device_reset/enable ATSCHK",
                        "arm_smmu_device_reset/enable interrupts",
                        "arm_smmu_device_reset/enable SMMU",
                        "arm_smmu_probe_device/set stream table entry",
                        "arm_smmu_probe_device/enable ATS");
    }

    @Test
    void shouldSynchroniseTlbBeforeDeviceCache() {
        var test = plain();
        test.system().process("app", "full", OPEN, new Step.Unmap("full"), LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        int begun = test.recorder().indexOf(Kind.RANGE_INVALIDATE);

        assertEquals(List.of(TLBI_NH_VA, SYNC, ATC_INV, SYNC), opcodes(test, begun));
    }

    @Test
    void shouldNameEachPageWithoutRangeInvalidation() {
        var test = with(Map.of("IDR3.RIL", 0L));
        test.system().process("app", "full", OPEN, new Step.Unmap("full"), LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        int begun = test.recorder().indexOf(Kind.RANGE_INVALIDATE);

        assertEquals(List.of(TLBI_NH_VA, TLBI_NH_VA, SYNC, ATC_INV, SYNC), opcodes(test, begun));
    }

    @Test
    void shouldQuietDescriptorThenFlushOnceWhenAddressSpaceDies() {
        var test = plain();
        test.system().process("app", "full", OPEN, EXIT);

        test.system().run();

        test.recorder()
                .assertOrder(
                        "arm_smmu_mm_release/write quiet context descriptor",
                        "arm_smmu_write_entry/write words and CMD_SYNC",
                        "arm_smmu_mm_release/invalidate ASID",
                        "arm_smmu_mm_release/invalidate ATC",
                        "exit_mmap/unmap_vmas",
                        "arm_smmu_remove_dev_pasid/clear context descriptor",
                        "arm_smmu_remove_master_domain/update invalidation array");
        int released = test.recorder().indexOfStep("arm_smmu_mm_release/invalidate ASID");
        assertTrue(opcodes(test, released).contains(TLBI_NH_ASID));
    }

    @Test
    void shouldAbortAccessesAfterExitWithoutEvents() {
        var test = stalling();
        test.system().process("app", "full", OPEN, EXIT);
        test.system().os().boot();
        test.runToStep("simple_release/stop");

        var late = test.read(1, 0x1000);
        test.system().kernel().runUntilQuiet();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, late.refusal());
        assertEquals(List.of(), test.recorder().of(Kind.FAULT_RECORDED));
    }

    /** S56. */
    @Test
    void shouldReportAccessesAfterExitWithDefect() {
        var parts = plainParts().with(withoutAts(), PciPath.INTEGRATED);
        parts.setup().defect(Defect.S56);
        var test = new DriverUnderTest(parts);
        test.system().process("app", "full", OPEN, EXIT);
        test.system().os().boot();
        test.runToStep("simple_release/stop");

        var late = test.read(1, 0x1000);
        test.system().kernel().runUntilQuiet();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, late.refusal());
        assertEquals(F_TRANSLATION, test.recorder().of(Kind.FAULT_RECORDED).get(0).a());
    }

    @Test
    void shouldResumeStalledReadWhenPageIsThere() {
        var test = stalling();
        Process app = bound(test, "dst");
        long va = app.address("dst");

        var read = test.read(1, va);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(F_TRANSLATION, test.recorder().of(Kind.FAULT_RECORDED).get(0).a());
        assertEquals(app.mm().physical(va), read.output());
    }

    @Test
    void shouldAbortStalledReadOfNothing() {
        var test = stalling();
        bound(test, "");

        var read = test.read(1, 0x1000);
        test.runTo(2 * MIDDLE_PS - 1);

        assertNull(read.output());
        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, read.refusal());
        assertEquals("", test.unit().waitingFor());
    }

    @Test
    void shouldResumeMoreStallsThanTheEventQueueHolds() {
        var test =
                new DriverUnderTest(
                        partsWith(Map.of("IDR1.EVENTQS", 2L))
                                .with(withoutAts(), PciPath.INTEGRATED));
        Process app = bound(test, "dst");

        List<DriverUnderTest.Outcome> reads =
                IntStream.range(0, 10)
                        .mapToObj(i -> test.read(1, app.address("dst") + i * 64L))
                        .toList();
        test.runTo(2 * MIDDLE_PS - 1);

        assertTrue(reads.stream().allMatch(read -> read.output() != null));
    }

    @Test
    void shouldNotStallDeviceBehindLink() {
        var test = new DriverUnderTest(plainParts().with(withoutAts(), PciPath.behindPort(true)));
        bound(test, "dst");

        var read = test.read(1, 0x1000);
        test.runTo(MIDDLE_PS + Picoseconds.ofMicros(5).value());

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, read.refusal());
    }

    @Test
    void shouldGoOnAfterOverflowOfPriQueue() {
        var test = with(Map.of("IDR1.PRIQS", 2L));
        long va = bound(test, "dst").address("dst");

        for (int i = 0; i < 10; i++) {
            test.request(1, va, i, true);
        }
        test.runTo(2 * MIDDLE_PS - 1);
        test.request(1, va, 20, true);
        test.runTo(2 * MIDDLE_PS + Picoseconds.ofMicros(40).value());

        var answers = test.sent(Tlp.PageGroupResponse.class);
        assertEquals(11, answers.size());
        assertEquals(20, answers.get(10).prgIndex());
    }

    @Test
    void shouldDrainPriQueueBeforeUnbindReturns() {
        var test = plain();
        Step close = new Step.Close("dev0");
        Process app = test.system().process("app", "dst", OPEN, LONG, close, EXIT);
        test.system().os().boot();
        test.runToStep("simple_release/stop");
        test.request(1, app.address("dst"), 7, true);

        test.system().kernel().runUntilQuiet();

        var seen = test.recorder();
        assertTrue(seen.indexOf(Kind.PAGE_REQUEST_ANSWERED) < seen.indexOf(Kind.UNBOUND));
        assertEquals(1, test.sent(Tlp.PageGroupResponse.class).size());
    }

    @Test
    void shouldSayThatPageRequestsAreHypothetical() {
        var test = plain();
        test.system().run();

        assertEquals(1, test.driver().hypothetical().size());
    }

    @Test
    void shouldBindWithoutPageRequestsAsLinuxDoes() {
        var test =
                new DriverUnderTest(
                        plainParts()
                                .with(
                                        new IommuOptions(
                                                null, null, null, null, null, false, null, null,
                                                null, null)));
        Process app = bound(test, "full");

        assertFalse(test.device().features().priEnabled());
        assertEquals(List.of(), test.driver().hypothetical());
        assertTrue(test.explain(1, app.address("full"), Access.READ).translated());
    }

    @Test
    void shouldRefusePageRequestsAsLinuxDoes() {
        var test =
                new DriverUnderTest(
                        plainParts()
                                .with(
                                        new IommuOptions(
                                                null, null, null, null, null, false, null, null,
                                                null, null)));
        bound(test, "dst");

        test.request(1, 0x1000, 7, true);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(
                Tlp.PageGroupResponse.RESPONSE_FAILURE,
                test.sent(Tlp.PageGroupResponse.class).get(0).code());
    }

    @Test
    void shouldPollConsumerIndexWithoutMessages() {
        var test = with(Map.of("IDR0.MSI", 0L));
        test.system().process("app", "full", OPEN, EXIT);

        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        assertTrue(test.recorder().pasidStates().contains("1:freed"));
    }

    @Test
    void shouldUseLinearTablesWhereTheUnitHasNoOthers() {
        var test = with(Map.of("IDR0.CD2L", 0L, "IDR0.ST_LEVEL", 0L, "IDR1.SIDSIZE", 10L));
        Process app = bound(test, "full");

        assertTrue(test.explain(1, app.address("full"), Access.READ).translated());
    }

    @Test
    void shouldMapDmaBuffersInStage2WithoutStage1() {
        assertDmaApi(partsWith(Map.of("IDR0.S1P", 0L)), 12);
        assertDmaApi(partsWith(Map.of("IDR0.S1P", 0L)), 21);
    }

    /** ASIDs of 8 bits: number 0 is nobody's, and one is that of the device's own requests. */
    @Test
    void shouldRefuseBindWhenEveryAsidIsInUse() {
        var test = with(Map.of("IDR0.ASID16", 0L));
        List<Process> processes =
                IntStream.range(0, 255)
                        .mapToObj(
                                i ->
                                        test.system()
                                                .process(
                                                        "app" + i,
                                                        "full",
                                                        OPEN,
                                                        UNTIL_ALL_RUN,
                                                        EXIT))
                        .toList();

        test.system().run();

        List<String> failures =
                processes.stream().flatMap(process -> process.failures().stream()).toList();
        assertEquals(1, failures.size());
        assertTrue(failures.get(0).contains("every ASID is in use (-ENOSPC)"), failures.get(0));
    }

    @Test
    void shouldHandOutAnAsidAgainWhenItsProcessHasEnded() {
        var test = with(Map.of("IDR0.ASID16", 0L));
        for (int i = 0; i < 300; i++) {
            test.system()
                    .process(
                            "app" + i,
                            "full",
                            new Step.Sleep(Picoseconds.ofMicros(300L * i)),
                            OPEN,
                            EXIT);
        }

        test.system().run();

        assertEquals(List.of(), test.recorder().of(Kind.BIND_REFUSED));
    }

    @Test
    void shouldRefuseBindWithoutSubstreams() {
        assertRefused("no substreams", partsWith(Map.of("IDR1.SSIDSIZE", 0L)));
    }

    @Test
    void shouldRefuseBindWithoutStage1() {
        assertRefused("no stage 1", partsWith(Map.of("IDR0.S1P", 0L)));
    }

    @Test
    void shouldRepeatSynchronisationUntilDeviceAnswers() {
        SmmuConfig config = SmmuConfig.defaults();
        SmmuConfig impatient =
                new SmmuConfig(
                        null,
                        null,
                        config.tlb(),
                        config.streamCache(),
                        config.contextCache(),
                        config.stage1WalkCache(),
                        config.stage2WalkCache(),
                        config.walks(),
                        config.command(),
                        config.update(),
                        Picoseconds.ofMicros(20),
                        null);
        var test = new DriverUnderTest(plainParts().with(a -> new SmmuV3(impatient, a)));
        test.system().process("app", "full", OPEN, LONG, new Step.Unmap("full"), EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        test.stopAnswering();
        test.runTo(4 * MIDDLE_PS);
        test.answerAgain();
        test.runTo(8 * MIDDLE_PS);

        assertTrue(test.recorder().steps().contains("arm_smmu_gerror_handler/acknowledge errors"));
        assertTrue(test.recorder().pasidStates().contains("1:freed"));
    }
}
