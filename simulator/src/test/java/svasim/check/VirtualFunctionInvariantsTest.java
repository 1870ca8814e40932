package svasim.check;

import org.junit.jupiter.api.Test;
import svasim.pcie.config.AtsCapability;
import svasim.trace.Kind;

/** I-60 where PASID and PRI are those of a physical function. */
class VirtualFunctionInvariantsTest {
    private final Stage stage = new Stage();

    private void switchAtsOff() {
        Functions.set(stage.space, AtsCapability.ID, AtsCapability.CONTROL, 0);
        stage.tell(Kind.CONFIG_WRITTEN, Stage.DEVICE, 0, 0);
    }

    @Test
    void shouldFindPageRequestsWithoutAts() {
        switchAtsOff();

        stage.assertBroken("I-60");
    }

    @Test
    void shouldAcceptThatOthersGoOnWithPageRequestsWhenAVirtualFunctionHasAtsOff() {
        stage.shared = Functions.allOn();
        switchAtsOff();

        stage.assertKept();
    }
}
