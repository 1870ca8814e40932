package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.VirtualCommands;
import svasim.os.OsUnderTest;

/** Virtual commands of a guest, as its host carries them out. */
class GuestCommandsTest {
    private final List<Integer> answers = new ArrayList<>();
    private final GuestsUnderTest host = new GuestsUnderTest(new OsUnderTest.Setup());
    private final PasidSet set = host.set("vm0", 1);
    private final GuestCommands commands =
            new GuestCommands(set, GuestsUnderTest.LIMIT, host.system().platform().events());

    private void allocate() {
        commands.allocate(answers::add);
        host.system().kernel().runUntilQuiet();
    }

    private void free(int pasid) {
        commands.free(pasid, answers::add);
        host.system().kernel().runUntilQuiet();
    }

    @Test
    void shouldAnswerWithGuestsOwnNumber() {
        host.allocate(host.set("vm1", null));

        allocate();

        assertEquals(List.of(1), answers);
        assertEquals(2, set.find(1).host());
    }

    @Test
    void shouldRefuseBeyondQuotaAndGiveAgainAfterFree() {
        allocate();
        allocate();
        free(1);
        allocate();

        assertEquals(List.of(1, VirtualCommands.NONE, 1, 1), answers);
    }

    @Test
    void shouldRefuseToFreeWhatIsNotTheGuests() {
        SetPasid other = host.allocate(host.set("vm1", null));

        free(other.guest());

        assertEquals(List.of(VirtualCommands.NONE), answers);
        assertTrue(other.set().find(other.guest()) == other);
    }
}
