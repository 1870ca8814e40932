package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RW;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.config.PriCapability;
import svasim.pcie.tlp.Tlp;
import svasim.units.Picoseconds;

/** How a function asks for several pages in one group. */
class PageGroupTest {
    private static final int SUCCESS = Tlp.PageGroupResponse.SUCCESS;
    private static final int INVALID = Tlp.PageGroupResponse.INVALID_REQUEST;
    private static final int PAGE = 4096;
    private static final Picoseconds GATHER = Picoseconds.ofNanos(2_000);

    private final EndpointRig rig = rig(3);

    private static EndpointRig rig(int group) {
        var pri = new EndpointConfig.Pri(null, null, null, null, group, GATHER, null, null);
        return new EndpointRig(new EndpointConfig(null, null, pri, null, null)).enabled();
    }

    private void faults(int pages) {
        for (int page = 0; page < pages; page++) {
            rig.read(PASID, VA + (long) page * PAGE, 8);
        }
        rig.run();
    }

    private List<Boolean> lasts() {
        return rig.agent.pages.stream().map(Tlp.PageRequest::last).toList();
    }

    private List<Integer> indexes() {
        return rig.agent.pages.stream().map(Tlp.PageRequest::prgIndex).toList();
    }

    @Test
    void shouldMarkTheLastRequestOfAFullGroup() {
        faults(3);

        assertEquals(List.of(false, false, true), lasts());
        assertEquals(List.of(0, 0, 0), indexes());
    }

    @Test
    void shouldBeginAnotherGroupWhenOneIsFull() {
        faults(4);

        assertEquals(List.of(false, false, true, true), lasts());
        assertEquals(List.of(0, 0, 0, 1), indexes());
    }

    @Test
    void shouldSendTheLastRequestWhenNoPageFollowsInTime() {
        rig.read(PASID, VA, 8);
        rig.run();

        assertEquals(List.of(true), lasts());
        long asked = rig.sentPs.get(rig.sent.indexOf(rig.agent.pages.get(0)));
        long refused = rig.sentPs.get(rig.sent.indexOf(rig.sent(Tlp.Completion.class).get(0)));
        assertTrue(asked - refused >= GATHER.value(), "it has waited for another page");
    }

    @Test
    void shouldTryAllPagesAgainAfterOneAnswer() {
        faults(3);
        for (int page = 0; page < 3; page++) {
            rig.agent.map(PASID, VA + (long) page * PAGE, PA + (long) page * PAGE, 12, RW);
        }
        rig.agent.respond(0, SUCCESS, PASID);
        rig.run();

        assertEquals(3, rig.outcomes.size());
        assertTrue(rig.outcomes.stream().allMatch(o -> o.status() == DmaStatus.OK));
    }

    @Test
    void shouldFailAllPagesOfAGroupThatIsRefused() {
        faults(3);
        rig.agent.respond(0, INVALID, PASID);
        rig.run();

        assertEquals(3, rig.outcomes.size());
        assertEquals(DmaStatus.INVALID_REQUEST, rig.lastStatus());
    }

    @Test
    void shouldKeepAddressSpacesApart() {
        rig.read(PASID, VA, 8);
        rig.read(PASID + 1, VA + PAGE, 8);
        rig.run();

        assertEquals(List.of(true, true), lasts());
        assertEquals(List.of(0, 1), indexes());
    }

    @Test
    void shouldCountEachRequestAgainstTheAllocation() {
        rig.control(PriCapability.ID, PriCapability.CONTROL, 0);
        rig.allocation(2);
        rig.control(PriCapability.ID, PriCapability.CONTROL, PriCapability.ENABLE);
        faults(3);
        assertEquals(List.of(false, true), lasts());

        rig.agent.respond(0, INVALID, PASID);
        rig.run();
        assertEquals(List.of(0, 0, 1), indexes());
    }

    @Test
    void shouldForgetAGroupThatGathersWhenItIsReset() {
        rig.read(PASID, VA, 8);
        rig.runFor(Picoseconds.ofNanos(1_500).value());
        assertEquals(List.of(), rig.agent.pages);
        rig.function.reset();
        rig.run();

        assertEquals(List.of(), rig.agent.pages);
    }

    @Test
    void shouldUseNoMoreIndexesThanItHas() {
        var pri = new EndpointConfig.Pri(null, null, null, 2, null, null, null, null);
        EndpointRig narrow =
                new EndpointRig(new EndpointConfig(null, null, pri, null, null)).enabled();
        for (int page = 0; page < 3; page++) {
            narrow.read(PASID, VA + (long) page * PAGE, 8);
        }
        narrow.run();
        assertEquals(2, narrow.agent.pages.size());

        narrow.agent.respond(1, INVALID, PASID);
        narrow.run();
        assertEquals(1, narrow.agent.pages.get(2).prgIndex());
    }

    @Test
    void shouldGatherPagesWithItsOnlyIndex() {
        var pri = new EndpointConfig.Pri(null, null, null, 1, 2, GATHER, null, null);
        EndpointRig narrow =
                new EndpointRig(new EndpointConfig(null, null, pri, null, null)).enabled();
        for (int page = 0; page < 3; page++) {
            narrow.read(PASID, VA + (long) page * PAGE, 8);
        }
        narrow.run();

        assertEquals(List.of(false, true), narrow.agent.pages.stream().map(p -> p.last()).toList());
    }
}
