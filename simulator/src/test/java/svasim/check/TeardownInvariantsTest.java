package svasim.check;

import org.junit.jupiter.api.Test;
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
}
