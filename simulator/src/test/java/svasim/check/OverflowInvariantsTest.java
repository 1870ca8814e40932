package svasim.check;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** What the checker says of page requests that a unit has lost, and of incomplete groups. */
class OverflowInvariantsTest {
    private static final long PAGE = 4096;

    private final Stage stage = new Stage().bound();

    private void asks(long address, boolean last) {
        stage.tell(Kind.TLP_SENT, 0, 0, 0, request(address, last));
    }

    private static Tlp.PageRequest request(long address, boolean last) {
        PasidPrefix prefix = new PasidPrefix(Stage.PASID);
        return new Tlp.PageRequest(Stage.DEVICE, address, Stage.INDEX, last, true, true, prefix);
    }

    private void taken(Long... pages) {
        stage.tell(Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.DEVICE, Stage.INDEX, List.of(pages));
    }

    @Test
    void shouldAcceptAGroupOfThePagesThatWereAskedFor() {
        asks(Stage.VA, false);
        asks(Stage.VA + PAGE, true);
        taken(Stage.VA, Stage.VA + PAGE);

        stage.assertKept();
    }

    @Test
    void shouldFindAPageOfAGroupThatWasAnswered() {
        asks(Stage.VA, false);
        asks(Stage.VA + PAGE, true);
        stage.answered(Tlp.PageGroupResponse.INVALID_REQUEST);
        asks(Stage.VA + 2 * PAGE, true);
        taken(Stage.VA, Stage.VA + 2 * PAGE);

        stage.assertBroken("I-36");
    }

    @Test
    void shouldFindIncompleteGroupsThatOutliveAnOverflow() {
        stage.tell(Kind.PAGE_REQUESTS_RESUMED, 0, 0, 0);
        stage.assertKept();
        stage.tell(Kind.PAGE_REQUESTS_RESUMED, 1, 0, 0);

        stage.assertBroken("I-36");
    }

    @Test
    void shouldFindAnOverflowThatIsAcknowledgedTooEarly() {
        stage.tell(Kind.PAGE_REQUESTS_RESUMED, 0, 1, 0);

        stage.assertBroken("I-36");
    }

    @Test
    void shouldNotTakeTheAnswerToALostRequestForAGrant() {
        for (int i = 0; i < 10; i++) {
            asks(Stage.VA, true);
            stage.tell(Kind.PAGE_REQUEST_LOST, 0, 0, 0, request(Stage.VA, true));
            stage.answered(Tlp.PageGroupResponse.SUCCESS);
        }

        stage.assertKept();
    }

    @Test
    void shouldFindAPageResolvedForAnAddressSpaceThatDidNotAsk() {
        asks(Stage.VA, true);
        stage.tell(Kind.PAGE_FAULT_HANDLED, Stage.OTHER_MM, Stage.VA, Stage.PASID + 1);

        stage.assertBroken("I-34");
    }
}
