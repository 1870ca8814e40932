package svasim.os.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import svasim.cpu.Architecture;
import svasim.iommu.core.Iommu;
import svasim.iommu.smmuv2.BankRegister;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.iommu.smmuv2.SmmuV2;
import svasim.iommu.smmuv2.SmmuV2Config;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DmaBuffer;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PciPath;
import svasim.os.iommu.SvaDriverContract;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** The driver's sequences on a real SMMUv2. */
class SmmuV2DriverTest extends SvaDriverContract {
    private static final long GR1 = 0x1000;
    private static final long BANKS = 0x20_000;
    private static final int TRANSLATION_FAULT = 2;
    private static final int UNKNOWN_STREAM = 0x7777;

    @Override
    protected DriverUnderTest.Parts parts(OsUnderTest.Setup setup) {
        return new DriverUnderTest.Parts(
                setup.architecture(Architecture.AARCH64),
                around -> new SmmuV2(SmmuV2Config.defaults(), around),
                SmmuV2Driver::new,
                OsUnderTest.capable(20),
                PciPath.INTEGRATED,
                IommuOptions.defaults());
    }

    private DriverUnderTest.Parts partsWith(Map<String, Long> features) {
        SmmuV2Config config = SmmuV2Config.defaults().withFeatures(features);
        return plainParts().with(around -> new SmmuV2(config, around));
    }

    private static int global(DriverUnderTest test, long offset) {
        return (int) test.unit().readRegister(offset, Integer.BYTES);
    }

    private static int bank(DriverUnderTest test, int number, int offset) {
        return global(test, BANKS + number * 0x1000L + offset);
    }

    private static DriverUnderTest.Outcome late(DriverUnderTest test, int index) {
        return test.read(PasidPrefix.NONE, 0x1000L * (index + 1));
    }

    @Test
    void shouldBlockAndFlushBeforeTranslationIsOn() {
        var test = plain();

        test.system().run();

        test.recorder()
                .assertOrder(
                        "arm_smmu_device_reset/clear sGFSR",
                        "arm_smmu_device_reset/reset stream mapping",
                        "arm_smmu_device_reset/disable context banks",
                        "arm_smmu_device_reset/invalidate TLB",
                        "arm_smmu_tlb_sync_global/write sTLBGSYNC",
                        "arm_smmu_device_reset/write sCR0",
                        "arm_smmu_probe_device/write SMR",
                        "arm_smmu_probe_device/write context bank",
                        "arm_smmu_probe_device/write S2CR");
        assertEquals(0, global(test, GlobalRegister.SCR0) & 1);
    }

    @Test
    void shouldLeavePasidAtsAndPriOff() {
        var test = plain();

        test.system().run();

        assertFalse(test.device().features().pasidEnabled());
        assertFalse(test.device().features().atsEnabled());
        assertFalse(test.device().features().priEnabled());
    }

    /** As in the worked example of the reference, with stalls and an ASID of the unit's own. */
    @Test
    void shouldGiveTheProcessAContextBank() {
        var test = plain();
        Process app = bound(test, "full");

        assertEquals(1 << 10 | 1, global(test, GlobalRegister.S2CR));
        assertEquals(0x0101_F300, global(test, GR1 + GlobalRegister.CBAR + 4));
        assertEquals(1, global(test, GR1 + GlobalRegister.CBA2R + 4));
        assertEquals(0x0080_3510, bank(test, 1, BankRegister.TCR));
        assertEquals(0x0003_8015, bank(test, 1, BankRegister.TCR2));
        assertEquals(0x0000_11E7, bank(test, 1, BankRegister.SCTLR));
        long root = test.unit().readRegister(BANKS + 0x1000 + BankRegister.TTBR0, Long.BYTES);
        assertEquals(app.mm().root() | 1L << 48, root);
    }

    @Test
    void shouldMatchStreamsOfFifteenBitsByValidRegisters() {
        var test = new DriverUnderTest(partsWith(Map.of("ID0.EXIDS", 0L)));
        Process app = bound(test, "full");

        assertEquals(1 << 31 | DriverUnderTest.RID, global(test, GlobalRegister.SMR));
        assertTrue(test.explain(sent(test), app.address("full"), Access.READ).translated());
    }

    @Test
    void shouldIndexStreamsWithoutMatchRegisters() {
        var parts = partsWith(Map.of("ID0.SMS", 0L, "ID0.EXIDS", 0L, "ID0.NUMSIDB", 7L));
        var test = new DriverUnderTest(parts);
        Process app = bound(test, "full");

        assertEquals(1, global(test, GlobalRegister.S2CR));
        assertTrue(test.explain(sent(test), app.address("full"), Access.READ).translated());
    }

    @Test
    void shouldReturnTheStreamToTheDefaultDomainAfterTheBond() {
        var test = plain();
        test.system().process("app", "full", OPEN, new Step.Close("dev0"), LONG, EXIT);
        test.system().run();
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);

        test.run(test.driver().dma().map(buffer));

        assertTrue(test.explain(PasidPrefix.NONE, buffer.iova(), Access.WRITE).translated());
        assertEquals(0, bank(test, 1, BankRegister.SCTLR));
    }

    @Test
    void shouldNotReachMemoryOfTheDmaApiWhileBound() {
        var test = plain();
        test.system().process("app", "full", OPEN, LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);

        var call = test.driver().dma().map(buffer);
        test.system().platform().scheduler().start("test", Priority.KERNEL, call);
        test.runTo(MIDDLE_PS + Picoseconds.ofMicros(50).value());

        assertTrue(buffer.isMapped());
        assertFalse(test.explain(PasidPrefix.NONE, buffer.iova(), Access.READ).translated());
    }

    @Test
    void shouldResumeStalledReadWhenPageIsThere() {
        var test = plain();
        Process app = bound(test, "dst");
        long va = app.address("dst");

        var read = test.read(PasidPrefix.NONE, va);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(TRANSLATION_FAULT, test.recorder().of(Kind.FAULT_RECORDED).get(0).a());
        assertEquals(app.mm().physical(va), read.output());
        test.recorder()
                .assertOrder(
                        "arm_smmu_context_fault/read FSR",
                        "arm_smmu_context_fault/read FAR and FSYNR0",
                        "iommu_sva_handle_iopf/handle request",
                        "arm_smmu_resume_translation/clear FSR",
                        "arm_smmu_resume_translation/write RESUME");
    }

    @Test
    void shouldTerminateStalledReadOfNothing() {
        var test = plain();
        bound(test, "");

        var read = test.read(PasidPrefix.NONE, 0x1000);
        test.runTo(2 * MIDDLE_PS - 1);

        assertNull(read.output());
        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, read.refusal());
        assertEquals("", test.unit().waitingFor());
    }

    @Test
    void shouldResumeOneStalledTransactionAfterTheOther() {
        var test = plain();
        Process app = bound(test, "dst");

        List<DriverUnderTest.Outcome> reads =
                IntStream.range(0, 8)
                        .mapToObj(i -> test.read(PasidPrefix.NONE, app.address("dst") + i * 1024L))
                        .toList();
        test.runTo(2 * MIDDLE_PS - 1);

        assertTrue(reads.stream().allMatch(read -> read.output() != null));
    }

    @Test
    void shouldServeHitsWhileATransactionIsStalled() {
        var test = plain();
        Process app = bound(test, "full dst");
        test.read(PasidPrefix.NONE, app.address("dst"));
        test.runTo(MIDDLE_PS + Picoseconds.ofNanos(100).value());

        var hit = test.read(PasidPrefix.NONE, app.address("full"));
        test.runTo(MIDDLE_PS + Picoseconds.ofNanos(1_500).value());

        assertEquals(app.mm().physical(app.address("full")), hit.output());
    }

    @Test
    void shouldAbortAccessesAfterExitWithoutInterrupts() {
        var test = plain();
        test.system().process("app", "full", OPEN, EXIT);
        test.system().os().boot();
        test.runToStep("simple_release/stop");

        var late = test.read(PasidPrefix.NONE, 0x1000);
        test.system().kernel().runUntilQuiet();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, late.refusal());
        assertFalse(test.recorder().steps().contains("arm_smmu_context_fault/read FSR"));
    }

    @Test
    void shouldDisableWalksThenFlushWhenAddressSpaceDies() {
        var test = plain();
        test.system().process("app", "full", OPEN, EXIT);

        test.system().run();

        test.recorder()
                .assertOrder(
                        "arm_smmu_mm_release/disable table walks",
                        "arm_smmu_mm_release/invalidate ASID",
                        "arm_smmu_tlb_sync_context/poll TLBSTATUS",
                        "exit_mmap/unmap_vmas",
                        "arm_smmu_sva_detach_dev/write S2CR",
                        "arm_smmu_destroy_domain_context/disable context bank");
    }

    /** A device that gave a stalled read up still has it in the unit when the bond ends. */
    @Test
    void shouldNeverLetAStalledTransactionPassTheDisabledBank() {
        var test = plain();
        test.system().process("app", "dst", OPEN, new Step.Close("dev0"), EXIT);
        test.system().os().boot();
        test.runToStep("arm_smmu_sva_detach_dev/write S2CR");

        List<DriverUnderTest.Outcome> reads =
                IntStream.range(0, 20)
                        .mapToObj(
                                i -> {
                                    test.runTo(
                                            test.system().kernel().nowPs()
                                                    + Picoseconds.ofNanos(100).value());
                                    return late(test, i);
                                })
                        .toList();
        test.system().kernel().runUntilQuiet();

        assertTrue(reads.stream().allMatch(read -> read.output() == null));
        assertEquals("", test.unit().waitingFor());
    }

    @Test
    void shouldIgnoreInterruptWhoseBankIsFree() {
        var test = plain();
        test.system().process("app", "full", OPEN, EXIT);
        test.system().run();

        test.system().interrupts().message(0, 2, test.system().kernel().nowPs());
        test.system().kernel().runUntilQuiet();

        assertTrue(test.recorder().steps().contains("arm_smmu_context_fault/find banks"));
        assertFalse(test.recorder().steps().contains("arm_smmu_context_fault/read FSR"));
    }

    @Test
    void shouldTakeNoteOfGlobalFaults() {
        var test = plain();
        test.system().run();

        test.read(UNKNOWN_STREAM, PasidPrefix.NONE, 0x1000);
        test.system().kernel().runUntilQuiet();

        assertEquals(0, global(test, GlobalRegister.SGFSR));
        assertTrue(test.recorder().steps().contains("arm_smmu_global_fault/clear sGFSR"));
    }

    @Test
    void shouldNameEachPageOfARange() {
        var test = plain();
        test.system().process("app", "full", OPEN, new Step.Unmap("full"), LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        int begun = test.recorder().indexOf(Kind.RANGE_INVALIDATE);
        int returned = test.recorder().indexOf(Kind.RANGE_INVALIDATED);

        assertEquals(
                List.of("TLBIVA", "TLBIVA"),
                test.recorder().all().subList(begun, returned).stream()
                        .filter(seen -> seen.kind() == Kind.CACHE_INVALIDATED)
                        .map(seen -> seen.subject().toString())
                        .toList());
    }

    @Test
    void shouldMapDmaBuffersInStage2WithoutStage1() {
        assertDmaApi(partsWith(Map.of("ID0.S1TS", 0L)), 12);
        assertDmaApi(partsWith(Map.of("ID0.S1TS", 0L)), 21);
    }

    @Test
    void shouldUseBanksOfBothStagesForProcesses() {
        var test = new DriverUnderTest(partsWith(Map.of("ID1.NUMS2CB", 4L)));
        bound(test, "full");

        assertEquals(1 << 10 | 5, global(test, GlobalRegister.S2CR));
    }

    @Test
    void shouldRefuseBindWithoutStage1() {
        assertRefused("no stage 1", partsWith(Map.of("ID0.S1TS", 0L)));
    }

    @Test
    void shouldRefuseBindWithoutCoherentWalks() {
        assertRefused("does not walk coherently", partsWith(Map.of("ID0.CTTW", 0L)));
    }

    @Test
    void shouldRefuseBindWithTooFewUpstreamBits() {
        assertRefused("ID2.UBS", partsWith(Map.of("ID2.UBS", 2L)));
    }

    @Test
    void shouldRefuseBindWithoutBankForProcesses() {
        assertRefused("no context bank left", partsWith(Map.of("ID1.NUMCB", 1L)));
    }

    @Test
    void shouldRefuseBindWithoutStreamMapping() {
        assertRefused("no stream mapping register", partsWith(Map.of("ID0.NUMSMRG", 0L)));
    }

    @Test
    void shouldRefuseBindBehindLink() {
        assertRefused("dma-can-stall", OsUnderTest.capable(20), PciPath.behindPort(true));
    }

    @Test
    void shouldRefuseBindAsLinuxDoes() {
        var options = new IommuOptions(null, null, null, null, null, false, null, null, null, null);
        assertRefused("the SMMUv2 driver of Linux has no SVA", plainParts().with(options));
    }

    @Test
    void shouldRefuseSecondProcessOfTheFunction() {
        var test = plain();
        test.system().process("first", "full", OPEN, LONG, EXIT);
        Process second =
                test.system()
                        .process(
                                "second",
                                "full",
                                new Step.Sleep(Picoseconds.ofMicros(100)),
                                OPEN,
                                EXIT);

        test.system().run();

        assertTrue(second.failures().get(0).contains("attached to first"));
    }

    @Test
    void shouldBindSecondProcessAfterTheFirst() {
        var test = plain();
        test.system().process("first", "full", OPEN, EXIT);
        Process second =
                test.system()
                        .process(
                                "second",
                                "full",
                                new Step.Sleep(Picoseconds.ofMicros(2_000)),
                                OPEN,
                                EXIT);

        test.system().run();

        assertEquals(List.of(), second.failures());
    }

    @Test
    void shouldBlockDeviceWithoutBankForItsDomain() {
        var test = new DriverUnderTest(partsWith(Map.of("ID1.NUMCB", 0L)));
        test.system().run();

        assertFalse(test.explain(PasidPrefix.NONE, 0x1000, Access.READ).translated());
        assertEquals(Iommu.NO_ROOT, test.unit().rootOf(DriverUnderTest.RID, PasidPrefix.NONE));
    }

    @Test
    void shouldBypassInIdentityDomain() {
        var test = new DriverUnderTest(plainParts().with(IommuOptions.of(DomainType.IDENTITY)));
        test.system().run();

        assertEquals(0x1000, test.explain(PasidPrefix.NONE, 0x1000, Access.READ).address());
    }

    @Test
    void shouldSayThatBindingIsHypothetical() {
        var test = plain();
        assertEquals(List.of(), test.driver().hypothetical());
        bound(test, "full");

        assertEquals(1, test.driver().hypothetical().size());
        assertNotEquals(1, test.driver().requestPasid(1));
    }
}
