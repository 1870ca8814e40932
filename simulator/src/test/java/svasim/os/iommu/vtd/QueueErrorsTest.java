package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.vtd.VtdConfig;
import svasim.os.OsUnderTest;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciPath;
import svasim.os.procedure.Call;
import svasim.os.program.Step;
import svasim.os.task.Priority;
import svasim.units.Picoseconds;

/** The driver finds what has stopped the unit's queue, and goes on (qi_check_fault). */
class QueueErrorsTest {
    private static final int DEVICE_TLB = 8;
    private static final long TIMEOUT_PS = Picoseconds.ofMicros(200).value();

    private final VtdUnderTest test = booted(new Picoseconds(TIMEOUT_PS));

    private static VtdUnderTest booted(Picoseconds timeout) {
        VtdUnderTest test =
                new VtdUnderTest(
                        new OsUnderTest.Setup(),
                        new VtdConfig(
                                null, null, null, null, null, null, null, null, null, null, null,
                                null, null, null, timeout),
                        OsUnderTest.capable(20),
                        PciPath.INTEGRATED);
        test.system().run();
        return test;
    }

    private void start(Call<?> call) {
        test.system().platform().scheduler().start("test", Priority.KERNEL, call);
    }

    private void runFor(long ps) {
        test.runTo(test.system().kernel().nowPs() + ps);
    }

    private Call<?> flush() {
        return test.driver().flush(new PasidEntry(test.device(), 1, null));
    }

    private static boolean ended(VtdUnderTest test) {
        return test.system().os().waitingFor().isEmpty() && test.unit().waitingFor().isEmpty();
    }

    @Test
    void shouldSubmitAgainWhatTimedOut() {
        test.stopAnswering();
        start(flush());
        runFor(3 * TIMEOUT_PS);
        assertTrue(test.carriedOut(DEVICE_TLB).size() > 1);

        test.answerAgain();
        runFor(3 * TIMEOUT_PS);

        int sent = test.carriedOut(DEVICE_TLB).size();
        runFor(3 * TIMEOUT_PS);
        assertEquals(sent, test.carriedOut(DEVICE_TLB).size());
        assertTrue(ended(test));
    }

    @Test
    void shouldWaitOutTheLongestTimeoutWithoutAnEventForEachLook() {
        VtdUnderTest slow = booted(null);
        slow.stopAnswering();
        Call<?> flush = slow.driver().flush(new PasidEntry(slow.device(), 1, null));
        slow.system().platform().scheduler().start("test", Priority.KERNEL, flush);

        slow.runTo(slow.system().kernel().nowPs() + 95 * Picoseconds.PER_SECOND);

        assertEquals(2, slow.carriedOut(DEVICE_TLB).size());
        assertTrue(slow.system().kernel().eventsRun() < 2_000_000);
        slow.answerAgain();
        slow.runTo(slow.system().kernel().nowPs() + 95 * Picoseconds.PER_SECOND);
        assertTrue(ended(slow));
    }

    @Test
    void shouldSeeTheEndOfAWaitLateByLittle() {
        long waitedPs = 0;
        for (long looks = 0; looks < 1_000_000; looks++) {
            long pausePs = 40_000 + InvalidationQueue.restPs(looks);
            waitedPs += pausePs;
            assertTrue(pausePs == 40_000 || pausePs <= waitedPs >> 14, "at look " + looks);
        }
        assertTrue(waitedPs > 90 * Picoseconds.PER_SECOND);
    }

    @Test
    void shouldSubmitAgainForEverybodyWhoWaits() {
        test.stopAnswering();
        start(flush());
        start(flush());
        runFor(2 * TIMEOUT_PS);

        test.answerAgain();
        runFor(4 * TIMEOUT_PS);

        assertTrue(ended(test));
    }

    @Test
    void shouldWriteTablesBackForWalksThatDoNotSnoop() {
        var plain = bindWith(Map.of());
        var apart = bindWith(Map.of("ECAP.SMPWCS", 0L));

        String step = "intel_svm_set_dev_pasid/clflush PASID entry";
        assertFalse(plain.recorder().steps().contains(step));
        assertTrue(apart.recorder().steps().contains(step));
        assertTrue(apart.recorder().pasidStates().contains("1:freed"));
    }

    @Test
    void shouldFlushWhatWasNotPresentInCachingMode() {
        var caching = bindWith(Map.of("CAP.CM", 1L));

        assertTrue(
                caching.recorder().steps().contains("intel_svm_set_dev_pasid/flush PASID cache"));
        assertTrue(caching.recorder().pasidStates().contains("1:freed"));
    }

    private static VtdUnderTest bindWith(Map<String, Long> features) {
        VtdUnderTest test =
                new VtdUnderTest(
                        new OsUnderTest.Setup(),
                        VtdConfig.defaults().withFeatures(features),
                        OsUnderTest.capable(20),
                        PciPath.INTEGRATED);
        test.system().process("app", "full", new Step.Open("dev0"), new Step.Exit());
        test.system().run();
        return test;
    }
}
