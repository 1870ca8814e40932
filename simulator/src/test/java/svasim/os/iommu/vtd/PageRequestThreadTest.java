package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.vtd.VtdConfig;
import svasim.os.OsUnderTest;
import svasim.os.Script;
import svasim.os.process.Process;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** What the thread of the page request queue does with each kind of entry (reference, 3.1). */
class PageRequestThreadTest {
    private static final int RING = 2048;
    private static final int PASID = 1;
    private static final long PAGE = 4096;
    private static final long ONE_MS = 1_000_000_000L;
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step FOR_EVER = new Step.Sleep(Picoseconds.ofMicros(1_000_000));

    private VtdUnderTest test;
    private Process app;

    @BeforeEach
    void bind() {
        bind(new OsUnderTest.Setup());
    }

    private void bind(OsUnderTest.Setup setup) {
        test = new VtdUnderTest(setup, VtdConfig.defaults(), OsUnderTest.capable(20));
        Buffer buffer = new Buffer(ByteSize.ofKiB(64), Buffer.Fill.NONE);
        app =
                test.system()
                        .os()
                        .add(
                                new ProcessSpec(
                                        "app",
                                        java.util.Map.of("dst", buffer),
                                        java.util.Map.of("main", Program.of(OPEN, FOR_EVER))));
        test.system().os().boot();
        test.system().runFor(ONE_MS);
    }

    private long page(int number) {
        return app.address("dst") + number * PAGE;
    }

    private void request(long address, int index, boolean last) {
        test.request(PASID, address, index, last);
    }

    private void run() {
        test.system().runFor(4 * ONE_MS);
    }

    private List<Tlp.PageGroupResponse> answers() {
        return test.sent(Tlp.PageGroupResponse.class);
    }

    private boolean isMapped(int number) {
        return app.mm().physical(page(number)) != -1;
    }

    private void assertOneAnswer(int index, int code) {
        assertEquals(1, answers().size());
        assertEquals(index, answers().get(0).prgIndex());
        assertEquals(code, answers().get(0).code());
    }

    @Test
    void shouldClearPendingBitBeforeItReadsPointers() {
        request(page(0), 1, true);
        run();

        test.recorder()
                .assertOrder(
                        "prq_event_thread/wait for interrupt",
                        "prq_event_thread/clear PPR",
                        "prq_event_thread/read head and tail",
                        "prq_event_thread/report request",
                        "prq_event_thread/advance head",
                        "prq_event_thread/check overflow",
                        "prq_event_thread/wake drainers");
    }

    @Test
    void shouldServeAllRequestsOfOneInterrupt() {
        for (int i = 0; i < 10; i++) {
            request(page(i), i, true);
        }
        run();

        assertEquals(10, answers().size());
        for (int i = 0; i < 10; i++) {
            assertTrue(isMapped(i));
        }
    }

    @Test
    void shouldMissNoRequestThatComesWhileItWorks() {
        for (int i = 0; i < 16; i++) {
            request(page(i), i, true);
            test.system().runFor(700_000);
        }
        run();

        assertEquals(16, answers().size());
    }

    @Test
    void shouldMissNoRequestHoweverLateItIsWokenOrPreempted() {
        for (String deviation : List.of("os.wakeup=1", "os.preempt=1", "cpu.interrupt=2")) {
            bind(new OsUnderTest.Setup().choices(Script.of(deviation)));
            for (int i = 0; i < 16; i++) {
                request(page(i), i, true);
                test.system().runFor(3_000_000);
            }
            test.system().runFor(100 * ONE_MS);
            assertEquals(16, answers().size(), deviation);
        }
    }

    @Test
    void shouldDropStopMarkerWithoutAnswer() {
        test.send(
                new Tlp.PageRequest(
                        VtdUnderTest.RID, 0, 3, true, false, false, new PasidPrefix(PASID)));
        run();

        assertEquals(List.of(), answers());
    }

    @Test
    void shouldRefuseAddressThatIsNotCanonical() {
        request(0x0000_8000_0000_0000L, 5, true);
        run();

        assertOneAnswer(5, Tlp.PageGroupResponse.INVALID_REQUEST);
    }

    @Test
    void shouldRefuseAddressInKernelHalf() {
        request(0xFFFF_8000_0000_0000L, 5, true);
        run();

        assertOneAnswer(5, Tlp.PageGroupResponse.INVALID_REQUEST);
    }

    @Test
    void shouldRefusePrivilegedRequest() {
        PasidPrefix privileged = new PasidPrefix(PASID, true, false);
        test.send(new Tlp.PageRequest(VtdUnderTest.RID, page(0), 6, true, true, true, privileged));
        run();

        assertOneAnswer(6, Tlp.PageGroupResponse.INVALID_REQUEST);
        assertFalse(isMapped(0));
    }

    @Test
    void shouldRefuseRequestForExecuteAndRead() {
        PasidPrefix execute = new PasidPrefix(PASID, false, true);
        test.send(new Tlp.PageRequest(VtdUnderTest.RID, page(0), 6, true, false, true, execute));
        run();

        assertOneAnswer(6, Tlp.PageGroupResponse.INVALID_REQUEST);
    }

    @Test
    void shouldDropIllegalRequestThatIsNotTheLastOfItsGroup() {
        request(0x0000_8000_0000_0000L, 5, false);
        run();
        assertEquals(List.of(), answers());

        request(page(0), 5, true);
        run();
        assertOneAnswer(5, Tlp.PageGroupResponse.SUCCESS);
    }

    @Test
    void shouldRefuseRequestWithPasidOfNobody() {
        test.request(9, page(0), 7, true);
        run();

        assertOneAnswer(7, Tlp.PageGroupResponse.INVALID_REQUEST);
    }

    @Test
    void shouldCollectGroupOverSeveralInterrupts() {
        request(page(0), 4, false);
        run();
        request(page(1), 4, false);
        run();
        assertFalse(isMapped(0));
        request(page(2), 4, true);
        run();

        assertOneAnswer(4, Tlp.PageGroupResponse.SUCCESS);
        assertTrue(isMapped(0) && isMapped(1) && isMapped(2));
    }

    @Test
    void shouldKeepGroupsOfDifferentIndexApart() {
        request(page(0), 4, false);
        request(0x1000, 5, false);
        request(page(1), 4, true);
        request(page(2), 5, true);
        run();

        List<Integer> codes = new ArrayList<>();
        answers().stream()
                .sorted((a, b) -> Integer.compare(a.prgIndex(), b.prgIndex()))
                .forEach(answer -> codes.add(answer.code()));
        assertEquals(
                List.of(Tlp.PageGroupResponse.SUCCESS, Tlp.PageGroupResponse.INVALID_REQUEST),
                codes);
    }

    @Test
    void shouldForgetIncompleteGroupsWhenRequestsWereLost() {
        bind(lateThread());
        request(page(0), 4, false);
        run();
        overflow();

        request(page(1), 4, true);
        run();

        assertTrue(isMapped(1));
        assertFalse(isMapped(0));
    }

    @Test
    void shouldTakeRequestsAgainAfterOverflow() {
        bind(lateThread());
        overflow();
        int before = answers().size();

        request(page(3), 8, true);
        run();

        assertEquals(before + 1, answers().size());
        assertTrue(isMapped(3));
    }

    @Test
    void shouldAnswerEveryRequestOfAnOverflowingBurstOnce() {
        bind(lateThread());
        overflow();

        assertEquals(RING + 50, answers().size());
    }

    /** A thread that is woken so late that a burst fills the ring. */
    private static OsUnderTest.Setup lateThread() {
        return new OsUnderTest.Setup().choices(Script.of("os.wakeup=2"));
    }

    /** More requests at once than the ring holds; the unit answers what it has no room for. */
    private void overflow() {
        int before = queued();
        for (int i = 0; i < RING + 50; i++) {
            request(page(15), 100 + i % 400, true);
        }
        test.system().runFor(40 * ONE_MS);
        assertEquals(RING - 1, queued() - before);
    }

    private int queued() {
        return test.recorder().of(Kind.PAGE_REQUEST_QUEUED).size();
    }

    @Test
    void shouldLetDeviceReadAndWriteWhatItAskedFor() {
        request(page(0), 1, true);
        run();

        var seen = test.explain(PASID, page(0), Access.WRITE);
        assertTrue(seen.translated());
        assertEquals(app.mm().physical(page(0)), seen.address());
    }
}
