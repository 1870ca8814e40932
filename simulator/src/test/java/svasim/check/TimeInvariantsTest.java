package svasim.check;

import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.trace.Kind;

/** I-37, I-40, I-41, I-44, I-45 and I-47: each at its bound, and one picosecond later. */
class TimeInvariantsTest {
    private static final Bounds BOUNDS = Bounds.defaults();
    private static final int OTHER = Stage.PASID + 1;
    private static final int OTHER_INDEX = Stage.INDEX + 1;

    private final Stage stage = new Stage().bound();

    @Test
    void shouldAcceptARequestThatIsTakenUpAtTheLastMoment() {
        queued(Stage.PASID, Stage.INDEX);
        stage.pass(BOUNDS.pageRequest().value());
        group(Kind.PAGE_GROUP_STARTED, Stage.PASID, Stage.INDEX);

        stage.assertKept();
    }

    @Test
    void shouldFindARequestThatNobodyTakesUpInTime() {
        queued(Stage.PASID, Stage.INDEX);
        stage.pass(BOUNDS.pageRequest().value() + 1);
        group(Kind.PAGE_GROUP_STARTED, Stage.PASID, Stage.INDEX);

        stage.assertBroken("I-37");
    }

    @Test
    void shouldForgiveARequestThatWasAnsweredWithoutAWorker() {
        stage.asks(Stage.VA);
        queued(Stage.PASID, Stage.INDEX);
        stage.answered(PageGroupResponse.INVALID_REQUEST);
        stage.pass(BOUNDS.pageRequest().value() + 1);
        group(Kind.PAGE_GROUP_STARTED, OTHER, OTHER_INDEX);

        stage.assertKept();
    }

    @Test
    void shouldFindAHitThatWaitsForAFaultOfAnotherPasid() {
        Tlp hit = request(Stage.PASID);
        Tlp miss = request(OTHER);
        started(hit);
        started(miss);
        stage.pass(BOUNDS.hit().value());
        faulted(miss);
        stage.pass(1);
        translated(hit);

        stage.assertBroken("I-40");
    }

    @Test
    void shouldAcceptAHitThatIsLateByTheBound() {
        Tlp hit = request(Stage.PASID);
        Tlp miss = request(OTHER);
        started(hit);
        started(miss);
        stage.pass(BOUNDS.hit().value());
        faulted(miss);
        translated(hit);

        stage.assertKept();
    }

    @Test
    void shouldAcceptAMissThatTakesLongWhileAnotherPasidFaults() {
        Tlp walks = request(Stage.PASID);
        Tlp miss = request(OTHER);
        started(walks);
        tell(Kind.TRANSLATION_MISSED, walks, 0);
        started(miss);
        stage.pass(BOUNDS.hit().value() + 1);
        faulted(miss);
        translated(walks);

        stage.assertKept();
    }

    @Test
    void shouldAcceptAHitThatIsLateForReasonsOfItsOwnPasid() {
        Tlp hit = request(Stage.PASID);
        Tlp miss = request(Stage.PASID);
        started(hit);
        started(miss);
        stage.pass(BOUNDS.hit().value() + 1);
        faulted(miss);
        translated(hit);

        stage.assertKept();
    }

    @Test
    void shouldFindAGroupThatWaitsForAnotherPasid() {
        group(Kind.PAGE_GROUP_STARTED, OTHER, OTHER_INDEX);
        group(Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.INDEX);
        stage.pass(BOUNDS.foreignFault().value() + 1);
        group(Kind.PAGE_GROUP_DONE, OTHER, OTHER_INDEX);

        stage.assertBroken("I-41");
    }

    @Test
    void shouldAddUpWhatAGroupWaitsForSeveralOthers() {
        long half = BOUNDS.foreignFault().value() / 2;
        group(Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.INDEX);
        for (int other = 1; other <= 2; other++) {
            group(Kind.PAGE_GROUP_STARTED, Stage.PASID + other, OTHER_INDEX);
            stage.pass(half);
            group(Kind.PAGE_GROUP_DONE, Stage.PASID + other, OTHER_INDEX);
        }
        stage.assertKept();

        group(Kind.PAGE_GROUP_STARTED, OTHER, OTHER_INDEX);
        stage.pass(1);
        group(Kind.PAGE_GROUP_STARTED, Stage.PASID, Stage.INDEX);

        stage.assertBroken("I-41");
    }

    @Test
    void shouldAcceptAGroupThatWaitsForItsOwnPasid() {
        group(Kind.PAGE_GROUP_STARTED, Stage.PASID, OTHER_INDEX);
        group(Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.INDEX);
        stage.pass(BOUNDS.foreignFault().value() + 1);
        group(Kind.PAGE_GROUP_DONE, Stage.PASID, OTHER_INDEX);

        stage.assertKept();
    }

    @Test
    void shouldAcceptAGroupThatIsServedSlowlyBesideAnother() {
        group(Kind.PAGE_GROUP_STARTED, OTHER, OTHER_INDEX);
        group(Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.INDEX);
        group(Kind.PAGE_GROUP_STARTED, Stage.PASID, Stage.INDEX);
        stage.pass(BOUNDS.foreignFault().value() + 1);
        group(Kind.PAGE_GROUP_DONE, OTHER, OTHER_INDEX);

        stage.assertKept();
    }

    @Test
    void shouldFindAnAnswerThatWaitsForTheInvalidationsOfAnother() {
        stage.boundOther(OTHER);
        stage.asks(Stage.VA);
        group(Kind.PAGE_GROUP_RESOLVED, Stage.PASID, Stage.INDEX);
        stage.tell(Kind.RANGE_INVALIDATE, Stage.OTHER_MM, 0, -1);
        stage.pass(BOUNDS.foreignFault().value() + 1);
        stage.answered(PageGroupResponse.SUCCESS);

        stage.assertBroken("I-41");
    }

    @Test
    void shouldWaitForTheAnswerAndNotForItsWorker() {
        stage.boundOther(OTHER);
        group(Kind.PAGE_GROUP_STARTED, Stage.PASID, Stage.INDEX);
        group(Kind.PAGE_GROUP_RESOLVED, Stage.PASID, Stage.INDEX);
        group(Kind.PAGE_GROUP_DONE, Stage.PASID, Stage.INDEX);
        stage.tell(Kind.RANGE_INVALIDATE, Stage.OTHER_MM, 0, -1);
        stage.pass(BOUNDS.foreignFault().value() + 1);
        stage.tell(Kind.RANGE_INVALIDATED, Stage.OTHER_MM, 0, -1);

        stage.assertBroken("I-41");
    }

    @Test
    void shouldForgetAnAnswerThatIsOnItsWay() {
        stage.boundOther(OTHER);
        stage.asks(Stage.VA);
        group(Kind.PAGE_GROUP_RESOLVED, Stage.PASID, Stage.INDEX);
        stage.answered(PageGroupResponse.SUCCESS);
        stage.tell(Kind.RANGE_INVALIDATE, Stage.OTHER_MM, 0, -1);
        stage.pass(BOUNDS.foreignFault().value() + 1);
        stage.tell(Kind.RANGE_INVALIDATED, Stage.OTHER_MM, 0, -1);

        stage.assertKept();
    }

    @Test
    void shouldFindADrainThatWaitsForAnotherPasid() {
        stage.cutByDeath();
        stage.forgetAll();
        group(Kind.PAGE_GROUP_STARTED, OTHER, OTHER_INDEX);
        stage.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);
        stage.pass(BOUNDS.foreignFault().value() + 1);
        stage.tell(Kind.DRAINED, Stage.PASID, Stage.DEVICE, 0);

        stage.assertBroken("I-41");
    }

    @Test
    void shouldFindADrainThatLastsTooLong() {
        stage.cutByDeath();
        stage.forgetAll();
        stage.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);
        stage.pass(BOUNDS.drain().value());
        stage.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);
        stage.assertKept();

        stage.pass(1);
        stage.tell(Kind.DRAINED, Stage.PASID, Stage.DEVICE, 0);

        stage.assertBroken("I-44");
    }

    @Test
    void shouldCountTheRoundsOfADrainUpToItsBound() {
        Stage strict = new Stage(new Bounds(null, null, null, null, 1, null, null, null)).bound();
        strict.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);
        strict.assertKept();

        strict.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);

        strict.assertBroken("I-44");
    }

    @Test
    void shouldAcceptOneDrainAfterAnother() {
        stage.cutByDeath();
        stage.forgetAll();
        for (int i = 0; i < 2; i++) {
            stage.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);
            stage.pass(BOUNDS.drain().value());
            stage.tell(Kind.DRAINED, Stage.PASID, Stage.DEVICE, 0);
        }

        stage.assertKept();
    }

    @Test
    void shouldFindMemoryThatOutlivesItsKillTooLong() {
        killed("SIGKILL");
        stage.pass(BOUNDS.kill().value() + 1);
        stage.tell(Kind.MM_EMPTIED, Stage.MM, 0, 0);

        stage.assertBroken("I-45");
    }

    @Test
    void shouldAcceptMemoryThatIsFreedInTimeOrWasNotKilled() {
        killed("SIGTERM");
        stage.pass(BOUNDS.kill().value() + 1);
        killed("SIGKILL");
        stage.pass(BOUNDS.kill().value());
        stage.tell(Kind.MM_EMPTIED, Stage.MM, 0, 0);

        stage.assertKept();
    }

    @Test
    void shouldAcceptASlowEndOfMemoryThatNoDeviceUses() {
        stage.tell(Kind.SIGNAL, 1, Stage.OTHER_MM, 0, "SIGKILL");
        stage.pass(BOUNDS.kill().value() + 1);
        stage.tell(Kind.MM_EMPTIED, Stage.OTHER_MM, 0, 0);

        stage.assertKept();
    }

    @Test
    void shouldFindAnInvalidationThatIsWaitedForTooLong() {
        invalidates();
        stage.pass(BOUNDS.invalidation().value() + 1);
        stage.tell(Kind.INVALIDATION_COMPLETED, Stage.DEVICE, 1, 0);

        stage.assertBroken("I-47");
    }

    @Test
    void shouldFindAnInvalidationThatNobodyWaitsForAnyMore() {
        invalidates();
        stage.checker.atEnd();

        stage.assertBroken("I-47");
    }

    @Test
    void shouldAcceptAnInvalidationThatIsGivenUpInTime() {
        invalidates();
        stage.pass(BOUNDS.invalidation().value());
        stage.tell(Kind.INVALIDATION_GIVEN_UP, Stage.DEVICE, 1, 0);
        stage.checker.atEnd();

        stage.assertKept();
    }

    @Test
    void shouldFindANotifierThatIsBusyTooLong() {
        stage.tell(Kind.RANGE_INVALIDATE, Stage.MM, 0, 0x1000);
        stage.pass(BOUNDS.notifier().value() + 1);
        stage.tell(Kind.RANGE_INVALIDATED, Stage.MM, 0, 0x1000);

        stage.assertBroken("I-47");
    }

    @Test
    void shouldCountTheTimeOfEachNotifierAlone() {
        for (int notifier = 0; notifier < 2; notifier++) {
            stage.tell(Kind.RANGE_INVALIDATE, Stage.MM, 0, 0x1000);
            stage.pass(BOUNDS.notifier().value());
        }
        stage.tell(Kind.RANGE_INVALIDATED, Stage.MM, 0, 0x1000);

        stage.assertKept();
    }

    private void killed(String signal) {
        stage.tell(Kind.SIGNAL, 1, Stage.MM, 0, signal);
    }

    private void invalidates() {
        Tlp request =
                new Tlp.InvalidateRequest(
                        8, Stage.DEVICE, 0, Stage.VA, true, false, new PasidPrefix(Stage.PASID));
        stage.tell(Kind.INVALIDATION_SENT, Stage.PASID, Stage.VA, 0, request);
    }

    private void group(Kind kind, int pasid, int index) {
        stage.tell(kind, pasid, Stage.DEVICE, index);
    }

    private void queued(int pasid, int index) {
        Tlp request =
                new Tlp.PageRequest(
                        Stage.DEVICE, Stage.VA, index, true, true, true, new PasidPrefix(pasid));
        stage.tell(Kind.PAGE_REQUEST_QUEUED, pasid, Stage.VA, index, request);
    }

    private static Tlp request(int pasid) {
        return new Tlp.MemoryRead(
                Stage.DEVICE,
                1,
                Stage.VA,
                64,
                AddressType.TRANSLATED,
                new PasidPrefix(pasid),
                Attributes.DEFAULT);
    }

    private static int pasid(Tlp request) {
        return PasidPrefix.number(((Tlp.MemoryRead) request).pasid());
    }

    private void started(Tlp request) {
        tell(Kind.TRANSLATION_STARTED, request, Stage.DEVICE);
    }

    private void translated(Tlp request) {
        tell(Kind.TRANSLATED, request, 0x5000);
    }

    private void faulted(Tlp request) {
        tell(Kind.TRANSLATION_FAULTED, request, 0x71);
    }

    private void tell(Kind kind, Tlp request, long result) {
        stage.tell(kind, pasid(request), Stage.VA, result, request);
    }
}
