package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Iommu;
import svasim.memory.FrameUse;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** What the driver of every IOMMU does for a process that shares its page tables. */
public abstract class SvaDriverContract extends DriverContract {
    /** PASID that the requests of the device carry for the first process. */
    protected final int sent(DriverUnderTest test) {
        return test.driver().requestPasid(1);
    }

    @Test
    void shouldShowProcessMemoryToDeviceWhileBound() {
        var test = plain();
        Process app = bound(test, "full");

        long va = app.address("full");
        var seen = test.explain(sent(test), va + 8, Access.READ);
        assertTrue(seen.translated());
        assertEquals(app.mm().physical(va + 8), seen.address());
        assertEquals(app.mm().root(), test.unit().rootOf(DriverUnderTest.RID, sent(test)));
    }

    @Test
    void shouldShowNothingAfterExit() {
        var test = plain();
        test.system().process("app", "full", OPEN, EXIT);

        test.system().run();

        assertEquals(Iommu.NO_ROOT, test.unit().rootOf(DriverUnderTest.RID, 1));
        assertEquals(
                List.of("1:allocated", "1:bound", "1:cut", "1:drained", "1:freed"),
                test.recorder().pasidStates());
    }

    @Test
    void shouldShowNothingBetweenExitAndUnbind() {
        var test = plain();
        test.system().process("app", "full", OPEN, EXIT);
        test.system().os().boot();

        test.runToStep("simple_release/stop");

        assertEquals(Iommu.NO_ROOT, test.unit().rootOf(DriverUnderTest.RID, 1));
    }

    @Test
    void shouldForgetUnmappedPagesBeforeTheyAreFree() {
        var test = plain();
        Process app =
                test.system().process("app", "full", OPEN, LONG, new Step.Unmap("full"), EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);
        var read = test.read(sent(test), app.address("full"));
        test.runTo(MIDDLE_PS + Picoseconds.ofMicros(5).value());
        assertNotNull(read.output());

        test.system().kernel().runUntilQuiet();

        Recorder seen = test.recorder();
        int begun = seen.indexOf(Kind.RANGE_INVALIDATE);
        int dropped = after(seen, begun, Kind.CACHE_INVALIDATED);
        int returned = seen.indexOf(Kind.RANGE_INVALIDATED);
        assertTrue(dropped < returned);
        assertTrue(returned < firstPageFreed(seen));
    }

    @Test
    void shouldDropEveryTranslationOfAnAddressSpace() {
        assertEquals(0, cachedAfterWholeInvalidation(plain()));
    }

    @Test
    void shouldDropNothingOfAnAddressSpaceWithDefect() {
        assertEquals(1, cachedAfterWholeInvalidation(with(Defect.S31)));
    }

    private int cachedAfterWholeInvalidation(DriverUnderTest test) {
        Process app = bound(test, "full");
        test.read(sent(test), app.address("full"));
        test.runTo(MIDDLE_PS + Picoseconds.ofMicros(5).value());
        PasidEntry entry = new PasidEntry(test.device(), 1, app.mm());

        var call = test.driver().invalidate(List.of(entry), 0, -1);
        test.system().platform().scheduler().start("test", Priority.KERNEL, call);
        test.runTo(MIDDLE_PS + Picoseconds.ofMicros(100).value());

        return test.cached();
    }

    @Test
    void shouldFlushCachesLaterInLazyDomain() {
        var test = new DriverUnderTest(plainParts().with(LAZY));
        test.system().run();
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);
        test.run(test.driver().dma().map(buffer));
        test.read(PasidPrefix.NONE, buffer.iova());
        test.system().kernel().runUntilQuiet();
        long start = test.system().kernel().nowPs();

        var unmap = test.driver().dma().unmap(buffer);
        test.system().platform().scheduler().start("unmap", Priority.KERNEL, unmap);
        test.runTo(start + Picoseconds.ofMicros(9_000).value());
        assertEquals(1, test.cached());

        test.runTo(start + Picoseconds.ofMicros(11_000).value());
        assertEquals(0, test.cached());
    }

    /** At 10 ms the timer would flush, with however few. */
    @Test
    void shouldFlushLazyDomainWhenACoreHasUnmapped256Buffers() {
        var one = parts(new OsUnderTest.Setup().cores(1)).with(LAZY);
        var test = new DriverUnderTest(one);
        test.system().run();
        List<DmaBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);
            test.run(test.driver().dma().map(buffer));
            buffers.add(buffer);
        }
        long start = test.system().kernel().nowPs();

        buffers.subList(0, 255).forEach(b -> start(test, test.driver().dma().unmap(b)));
        test.runTo(start + Picoseconds.ofMicros(2_000).value());
        assertFalse(test.recorder().steps().contains("fq_flush_iotlb/flush domain"));

        start(test, test.driver().dma().unmap(buffers.get(255)));
        test.runTo(start + Picoseconds.ofMicros(3_000).value());
        assertTrue(test.recorder().steps().contains("fq_flush_iotlb/flush domain"));
    }

    @Test
    void shouldSubmitMoreCommandsThanTheRingHolds() {
        var test = plain();
        Step[] steps = new Step[603];
        steps[0] = OPEN;
        steps[1] = new Step.Unmap("extra");
        for (int i = 2; i < 602; i += 3) {
            steps[i] = new Step.MapBuffer("extra");
            steps[i + 1] = new Step.Touch("extra", true);
            steps[i + 2] = new Step.Unmap("extra");
        }
        steps[602] = EXIT;
        Process app = test.system().process("app", "extra", steps);

        test.system().run();

        assertTrue(app.hasEnded());
        assertEquals(List.of(), app.failures());
        assertEquals("", test.unit().waitingFor());
    }

    @Test
    void shouldShowProcessMemoryAgainAfterReset() {
        var test = plain();
        Step wait = new Step.Sleep(Picoseconds.ofMicros(1_000_000));
        Process app = test.system().process("app", "full", OPEN, wait, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);
        boolean pasid = test.device().features().pasidEnabled();
        boolean ats = test.device().features().atsEnabled();

        start(test, ResetDevice.call(test.device(), test.system().platform()));
        test.runToStep("pci_reset_function/Initiate Function Level Reset");
        assertEquals(Iommu.NO_ROOT, test.unit().rootOf(DriverUnderTest.RID, sent(test)));
        assertNotNull(test.driver().obstacle(test.device(), app.mm()));
        assertFalse(test.device().features().atsEnabled());

        test.runTo(MIDDLE_PS + Picoseconds.ofMicros(200_000).value());
        assertEquals(app.mm().root(), test.unit().rootOf(DriverUnderTest.RID, sent(test)));
        assertEquals(pasid, test.device().features().pasidEnabled());
        assertEquals(ats, test.device().features().atsEnabled());
    }

    @Test
    void shouldShowNothingAgainOfWhatWasUnboundDuringReset() {
        var test = plain();
        Process app =
                test.system()
                        .process("app", "full", OPEN, LONG, new Step.Close("dev0"), LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);
        long root = app.mm().root();

        start(test, ResetDevice.call(test.device(), test.system().platform()));
        test.system().kernel().runUntilQuiet();

        test.recorder()
                .assertOrder(
                        "pci_reset_function/Initiate Function Level Reset",
                        "simple_release/unbind",
                        "pci_reset_function/restore PASID, ATS and PRI");
        assertNotEquals(root, test.unit().rootOf(DriverUnderTest.RID, sent(test)));
        assertTrue(faultUsers(test).stream().noneMatch(users -> users < 0));
    }

    @Test
    void shouldCountBondsThatUsePageFaultsAcrossReset() {
        var test = plain();
        test.system().process("app", "full", OPEN, LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);

        start(test, ResetDevice.call(test.device(), test.system().platform()));
        test.system().kernel().runUntilQuiet();

        assertTrue(faultUsers(test).stream().noneMatch(users -> users < 0 || users > 1));
    }

    /** How many there were, each time that it changed. */
    private static List<Long> faultUsers(DriverUnderTest test) {
        return test.recorder().of(Kind.FAULT_USER).stream()
                .filter(seen -> ((String) seen.subject()).startsWith("iopf_refcount"))
                .map(Recorder.Seen::c)
                .toList();
    }

    protected static void start(DriverUnderTest test, Call<?> call) {
        test.system().platform().scheduler().start("test", Priority.KERNEL, call);
    }

    protected static int firstPageFreed(Recorder recorder) {
        return recorder.indexOf(
                seen -> seen.kind() == Kind.FRAME_FREED && seen.subject() == FrameUse.PAGE);
    }
}
