package svasim.check;

import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** What the checker says of the order in which a bond is taken down. */
class TeardownInvariantsTest {
    private final Stage stage = new Stage().bound();

    @Test
    void shouldAcceptATranslationThatArrivesBeforeTheDeviceHasSeenItsInvalidation() {
        stage.askToForgetAll();
        stage.tell(Kind.ATC_FILLED, Stage.PASID, Stage.VA, 0x5000);
        stage.haveForgottenAll();
        stage.cutByDeath();

        stage.assertKept();
    }

    @Test
    void shouldFindATranslationThatTheDeviceGotBehindItsInvalidation() {
        stage.forgetAll();
        stage.tell(Kind.ATC_FILLED, Stage.PASID, Stage.VA, 0x5000);
        stage.cutByDeath();

        stage.assertBroken("I-50");
    }

    @Test
    void shouldFindAnEntryThatWasClearedUnderALiveBond() {
        stage.root = Probes.NO_ROOT;
        stage.tell(Kind.MM_EXITING, Stage.MM, 0, 0);

        stage.assertBroken("I-10");
    }

    @Test
    void shouldFindAnEntryThatPointsElsewhereWhenItsBondIsUnbound() {
        stage.tell(Kind.DEVICE_STOPPED, Stage.PASID, Stage.DEVICE, Stage.MM);
        stage.root = Stage.ROOT + 0x1000;
        stage.tell(Kind.UNBINDING, Stage.PASID, Stage.DEVICE, Stage.MM);

        stage.assertBroken("I-10");
    }

    @Test
    void shouldMissNoEntryOfAnAddressSpaceThatHasEnded() {
        stage.forgetAll();
        stage.cutByDeath();
        stage.tell(Kind.DEVICE_STOPPED, Stage.PASID, Stage.DEVICE, Stage.MM);
        stage.tell(Kind.UNBINDING, Stage.PASID, Stage.DEVICE, Stage.MM);

        stage.assertKept();
    }

    @Test
    void shouldNotTakeAStopMarkerForARequestOfTheGroupWithItsIndex() {
        stage.asks(Stage.VA, 0);
        stage.forgetAll();
        stage.cutByDeath();
        stage.tell(Kind.TLP_SENT, 0, 0, 0, marker());
        stage.tell(Kind.TLP_SENT, 0, 0, 0, success());

        stage.assertKept();
    }

    private void answerARequestOfTheTimeBetweenTwoBonds(int secondMm) {
        stage.forgetAll();
        stage.root = Probes.NO_ROOT;
        stage.tell(Kind.DEVICE_STOPPED, Stage.PASID, Stage.DEVICE, Stage.MM);
        stage.tell(Kind.CUT, Stage.PASID, Stage.DEVICE, Stage.MM);
        stage.asks(Stage.VA, 0);
        stage.root = secondMm == Stage.MM ? Stage.ROOT : Stage.ROOT + 0x1000;
        stage.tell(Kind.BOUND, Stage.PASID, Stage.DEVICE, secondMm);
        stage.tell(Kind.TLP_SENT, 0, 0, 0, success());
    }

    @Test
    void shouldAcceptAPageForWhoeverIsBoundAgain() {
        answerARequestOfTheTimeBetweenTwoBonds(Stage.MM);

        stage.assertKept();
    }

    @Test
    void shouldFindAPageForAnOwnerWhoDidNotAsk() {
        answerARequestOfTheTimeBetweenTwoBonds(Stage.OTHER_MM);

        stage.assertBroken("I-35");
    }

    private static Tlp marker() {
        return new Tlp.PageRequest(
                Stage.DEVICE, 0, 0, true, false, false, new PasidPrefix(Stage.PASID));
    }

    private static Tlp success() {
        return new Tlp.PageGroupResponse(8, Stage.DEVICE, 0, 0, new PasidPrefix(Stage.PASID));
    }

    @Test
    void shouldFindWorkOfANumberThatTheDeviceIsNotBoundToAnyMore() {
        stage.unbound();
        stage.tell(Kind.WORK_ACCEPTED, Stage.PASID, 0, 1);

        stage.assertBroken("I-52");
    }

    @Test
    void shouldAcceptWorkOfANumberThatIsBoundOnceMore() {
        stage.unbound();
        stage.bound();
        stage.tell(Kind.WORK_ACCEPTED, Stage.PASID, 0, 1);

        stage.assertKept();
    }

    @Test
    void shouldAcceptWorkAsLongAsAnotherUserOfTheBondIsLeft() {
        stage.tell(Kind.DEVICE_STOPPED, Stage.PASID, Stage.DEVICE, Stage.MM);
        stage.tell(Kind.UNBINDING, Stage.PASID, Stage.DEVICE, Stage.MM);
        stage.tell(Kind.WORK_ACCEPTED, Stage.PASID, 0, 1);

        stage.assertKept();
    }
}
