package svasim.check;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.PageRequestBacklog;
import svasim.memory.FrameUse;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.trace.Kind;

/** I-04, I-24, I-31, I-32, I-34 to I-37, I-44. */
class PageRequestInvariantsTest {
    private static final int FEW = 3;

    private final Stage stage = new Stage().bound();

    @Test
    void shouldFindAPageThatIsGrantedAgainAndAgain() {
        for (int i = 0; i <= FEW; i++) {
            stage.asks(Stage.VA);
            stage.answered(PageGroupResponse.SUCCESS);
        }
        stage.assertKept();

        stage.asks(Stage.VA);

        stage.assertBroken("I-04");
    }

    @Test
    void shouldAcceptAPageThatWasTakenAwayMeanwhile() {
        for (int i = 0; i <= FEW * FEW; i++) {
            stage.asks(Stage.VA);
            stage.answered(PageGroupResponse.SUCCESS);
            stage.tell(Kind.RANGE_INVALIDATE, Stage.MM, Stage.VA, Stage.VA + 0x1000);
        }

        stage.assertKept();
    }

    @Test
    void shouldAcceptAPageThatIsRefusedAgainAndAgain() {
        for (int i = 0; i <= FEW * FEW; i++) {
            stage.asks(Stage.VA);
            stage.answered(PageGroupResponse.INVALID_REQUEST);
        }

        stage.assertKept();
    }

    @Test
    void shouldFindABondThatEndsUnderAWorker() {
        stage.tell(Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.DEVICE, Stage.INDEX);
        stage.cutByDeath();
        stage.tell(Kind.UNBOUND, Stage.PASID, Stage.DEVICE, Stage.MM);

        stage.assertBroken("I-24");
    }

    @Test
    void shouldAcceptABondThatEndsAfterItsLastGroup() {
        stage.tell(Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.DEVICE, Stage.INDEX);
        stage.tell(Kind.PAGE_GROUP_TAKEN, Stage.PASID + 1, Stage.DEVICE, Stage.INDEX);
        stage.tell(Kind.PAGE_GROUP_DONE, Stage.PASID, Stage.DEVICE, Stage.INDEX);
        stage.cutByDeath();
        stage.tell(Kind.UNBOUND, Stage.PASID, Stage.DEVICE, Stage.MM);

        stage.assertKept();
    }

    @Test
    void shouldFindAResponseWithAReservedCode() {
        Stage stage = new Stage().bound();
        stage.asks(Stage.VA);
        stage.answered(2);

        stage.assertBroken("I-31");
    }

    @Test
    void shouldAcceptAResponseThatTellsOfAFailure() {
        Stage stage = new Stage().bound();
        stage.asks(Stage.VA);
        stage.answered(PageGroupResponse.RESPONSE_FAILURE);

        stage.assertKept();
    }

    @Test
    void shouldFindAResponseWithAnotherPasid() {
        stage.asks(Stage.VA);
        stage.answered(PageGroupResponse.SUCCESS, new PasidPrefix(Stage.PASID + 1));

        stage.assertBroken("I-31");
    }

    @Test
    void shouldFindAResponseWithoutThePasidThatIsWanted() {
        stage.asks(Stage.VA);
        stage.answered(PageGroupResponse.SUCCESS, null);

        stage.assertBroken("I-31");
    }

    @Test
    void shouldAcceptAResponseWithoutPasidWhereNoneIsWanted() {
        stage.space = Functions.withoutPasidOnResponses();
        stage.asks(Stage.VA);
        stage.answered(PageGroupResponse.SUCCESS, null);

        stage.assertKept();
    }

    @Test
    void shouldFindMoreRequestsThanWereAllocated() {
        for (int i = 0; i < Functions.ALLOCATION; i++) {
            stage.asks(Stage.VA + i * 0x1000L, i);
        }
        stage.assertKept();

        stage.asks(Stage.VA, Functions.ALLOCATION);

        stage.assertBroken("I-32");
    }

    @Test
    void shouldCountTheRequestsOfVirtualFunctionsTogether() {
        for (int i = 0; i < Functions.ALLOCATION; i++) {
            stage.asks(Stage.DEVICE + 1 + i % 2, Stage.VA, i, true);
        }
        stage.assertKept();

        stage.asks(Stage.DEVICE, Stage.VA, 0, true);

        stage.assertBroken("I-32");
    }

    @Test
    void shouldCountEachRequestOfAGroup() {
        for (int i = 0; i < Functions.ALLOCATION; i++) {
            stage.asks(Stage.DEVICE, Stage.VA + i * 0x1000L, 0, false);
        }
        stage.assertKept();

        stage.asks(Stage.DEVICE, Stage.VA, 0, true);

        stage.assertBroken("I-32");
    }

    @Test
    void shouldGiveEverythingBackInAReset() {
        for (int i = 0; i < Functions.ALLOCATION; i++) {
            stage.asks(Stage.VA + i * 0x1000L, i);
        }
        stage.tell(Kind.FUNCTION_RESET, Stage.DEVICE, 0, 0);
        stage.asks(Stage.VA, 0);

        stage.assertKept();
    }

    @Test
    void shouldFindAnIndexThatIsUsedBeforeItsResponse() {
        stage.asks(Stage.VA);
        stage.asks(Stage.VA + 0x1000);

        stage.assertBroken("I-32");
    }

    @Test
    void shouldFindAFaultInTheNextOwnersAddressSpace() {
        stage.asks(Stage.VA);
        stage.tell(Kind.PAGE_FAULT_HANDLED, Stage.OTHER_MM, Stage.VA, Stage.PASID);

        stage.assertBroken("I-34");
    }

    @Test
    void shouldFindAFaultInADyingAddressSpace() {
        stage.asks(Stage.VA);
        stage.tell(Kind.MM_EXITING, Stage.MM, 0, 0);
        stage.tell(Kind.PAGE_FAULT_HANDLED, Stage.MM, Stage.VA, Stage.PASID);

        stage.assertBroken("I-34");
    }

    @Test
    void shouldAcceptAFaultInTheAddressSpaceThatAsked() {
        stage.asks(Stage.VA);
        stage.tell(Kind.PAGE_FAULT_HANDLED, Stage.MM, Stage.VA, Stage.PASID);

        stage.assertKept();
    }

    @Test
    void shouldFindATranslationAfterTheCut() {
        stage.cutByDeath();
        Tlp request =
                new Tlp.TranslationRequest(
                        Stage.DEVICE,
                        1,
                        Stage.VA,
                        1,
                        false,
                        new PasidPrefix(Stage.PASID),
                        Attributes.DEFAULT);
        long frame = stage.frames.allocate(FrameUse.PAGE, Stage.MM);
        stage.tell(Kind.TRANSLATED, Stage.PASID, Stage.VA, frame, request);

        stage.assertBroken("I-35");
    }

    /** Nobody has translated anything for the PASID that stands in front of it. */
    @Test
    void shouldAcceptARequestThatBringsItsTranslationWithAnyPasid() {
        long frame = stage.frames.allocate(FrameUse.PAGE, Stage.MM);
        stage.cutByDeath();
        for (int pasid : new int[] {Stage.PASID, Stage.PASID + 1}) {
            Tlp request =
                    new Tlp.MemoryWrite(
                            Stage.DEVICE,
                            frame,
                            new byte[4],
                            AddressType.TRANSLATED,
                            new PasidPrefix(pasid),
                            Attributes.DEFAULT);
            stage.tell(Kind.TRANSLATED, pasid, frame, frame, request);
        }

        stage.assertKept();
    }

    @Test
    void shouldFindASuccessForARequestOfADeadPasid() {
        stage.cutByDeath();
        stage.asks(Stage.VA);
        stage.answered(PageGroupResponse.SUCCESS);

        stage.assertBroken("I-35");
    }

    /** The unit answers it without a look at its tables. */
    @Test
    void shouldAcceptASuccessForARequestOfADeadPasidThatFoundNoRoom() {
        stage.cutByDeath();
        Tlp.PageRequest request =
                new Tlp.PageRequest(
                        Stage.DEVICE,
                        Stage.VA,
                        Stage.INDEX,
                        true,
                        false,
                        true,
                        new PasidPrefix(Stage.PASID));
        stage.tell(Kind.TLP_SENT, 0, 0, 0, request);
        stage.tell(Kind.PAGE_REQUEST_LOST, 0, 0, 0, request);
        stage.answered(PageGroupResponse.SUCCESS);

        stage.assertKept();
    }

    /** Software cannot tell which one it answers, and owes an answer to each. */
    @Test
    void shouldBlameOnlyTheDeviceForAnIndexThatItReuses() {
        stage.asks(Stage.VA);
        stage.asks(Stage.VA + 0x1000);
        stage.answered(PageGroupResponse.SUCCESS);
        stage.tell(
                Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.DEVICE, Stage.INDEX, List.of(Stage.VA));
        stage.answered(PageGroupResponse.SUCCESS);
        stage.assertBroken("I-32");

        stage.answered(PageGroupResponse.SUCCESS);

        stage.assertBroken("I-32", "I-30");
    }

    @Test
    void shouldFindOneOfTwoGroupsWithOneIndexLeftAtAnUnbind() {
        stage.asks(Stage.VA);
        stage.asks(Stage.VA + 0x1000);
        stage.answered(PageGroupResponse.SUCCESS);
        stage.unbound();

        stage.assertBroken("I-32", "I-33");
    }

    @Test
    void shouldAcceptASuccessForARequestFromBeforeTheCut() {
        stage.asks(Stage.VA);
        stage.cutByDeath();
        stage.answered(PageGroupResponse.SUCCESS);

        stage.assertKept();
    }

    @Test
    void shouldFindALostRequestThatGetsNoAnswer() {
        stage.asks(Stage.VA);
        lose();
        stage.tell(Kind.PAGE_GROUP_ANSWERED, Stage.PASID, Stage.INDEX, 0);
        stage.checker.atEnd();

        stage.assertBroken("I-30", "I-36");
    }

    @Test
    void shouldAcceptALostRequestThatTheUnitAnswers() {
        stage.asks(Stage.VA);
        lose();
        stage.answered(PageGroupResponse.SUCCESS);
        stage.checker.atEnd();

        stage.assertKept();
    }

    @Test
    void shouldFindAUnitThatStaysStopped() {
        stage.asks(Stage.VA);
        lose();
        stage.answered(PageGroupResponse.SUCCESS);
        stage.backlog = new PageRequestBacklog(0, true);
        stage.checker.atEnd();

        stage.assertBroken("I-36");
    }

    private void lose() {
        Tlp request =
                new Tlp.PageRequest(
                        Stage.DEVICE,
                        Stage.VA,
                        Stage.INDEX,
                        true,
                        true,
                        true,
                        new PasidPrefix(Stage.PASID));
        stage.tell(Kind.PAGE_REQUEST_LOST, Stage.PASID, Stage.VA, Stage.INDEX, request);
    }

    @Test
    void shouldFindRequestsThatNobodyTakes() {
        stage.backlog = new PageRequestBacklog(2, false);
        stage.checker.atEnd();

        stage.assertBroken("I-37");
    }

    @Test
    void shouldFindADrainThatGoesOnForEver() {
        for (int i = 0; i < 100; i++) {
            stage.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);
        }
        stage.assertKept();

        stage.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);

        stage.assertBroken("I-44");
    }
}
