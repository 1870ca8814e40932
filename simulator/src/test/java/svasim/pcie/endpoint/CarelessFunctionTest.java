package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.units.Picoseconds;

/** Functions that go on for a while when they have said that they are idle. */
class CarelessFunctionTest {
    private static final Picoseconds DELAY = Picoseconds.ofMicros(5);

    private static EndpointRig straggling() {
        var dma = new EndpointConfig.Limits(null, null, null, null, null, null, DELAY, null, null);
        return new EndpointRig(new EndpointConfig(null, null, null, dma, null)).enabled();
    }

    private static EndpointRig marking() {
        var pri = new EndpointConfig.Pri(null, null, null, null, null, null, DELAY, null);
        return new EndpointRig(new EndpointConfig(null, null, pri, null, null)).enabled();
    }

    @Test
    void shouldReadOnceMoreAfterTheLastAccess() {
        EndpointRig rig = straggling().mapped();
        rig.read(PASID, VA, 8);
        rig.runFor(DELAY.value());
        assertEquals(1, rig.sent(Tlp.MemoryRead.class).size());
        rig.run();

        assertEquals(2, rig.sent(Tlp.MemoryRead.class).size());
        assertEquals(1, rig.outcomes.size(), "nobody is told of it");
    }

    @Test
    void shouldSayThatItIsIdleBeforeThat() {
        EndpointRig rig = straggling().mapped();
        List<Long> idlePs = new ArrayList<>();
        rig.read(PASID, VA, 8);
        rig.function.dma().whenIdle(PASID, (nowPs, pasid) -> idlePs.add(nowPs));
        rig.run();

        assertTrue(idlePs.get(0) + DELAY.value() < rig.sentPs.get(rig.sent.size() - 1));
    }

    @Test
    void shouldAskForThePageWithoutPasidToo() {
        EndpointRig rig = straggling();
        rig.agent.map(PasidPrefix.NONE, VA, EndpointRig.PA, 12, EndpointRig.RW);
        rig.read(PasidPrefix.NONE, VA, 8);
        rig.runFor(DELAY.value());
        rig.agent.unmap(PasidPrefix.NONE, VA);
        rig.agent.invalidate(0, PasidPrefix.NONE, VA, 12);
        rig.run();

        assertEquals(1, rig.agent.pages.size());
        assertEquals(null, rig.agent.pages.get(0).pasid());
    }

    @Test
    void shouldNotReadOnceMoreAfterAReset() {
        EndpointRig rig = straggling().mapped();
        rig.read(PASID, VA, 8);
        rig.runFor(DELAY.value());
        rig.function.reset();
        rig.run();

        assertEquals(1, rig.sent(Tlp.MemoryRead.class).size());
    }

    @Test
    void shouldSendAStopMarkerSomeTimeAfterGivingUp() {
        EndpointRig rig = marking();
        rig.read(PASID, VA, 8);
        rig.run();
        rig.function.dma().discard(PASID);
        rig.runFor(DELAY.value() - 1);
        assertEquals(1, rig.agent.pages.size());
        rig.run();

        assertFalse(rig.agent.pages.get(0).stopMarker());
        assertTrue(rig.agent.pages.get(1).stopMarker());
        assertEquals(PASID, rig.agent.pages.get(1).pasid().pasid());
    }

    @Test
    void shouldSendNoMarkerWhosePasidIsOffMeanwhile() {
        EndpointRig rig = marking();
        rig.read(PASID, VA, 8);
        rig.run();
        rig.function.dma().discard(PASID);
        rig.ats(false).pasid(false);
        rig.run();

        assertEquals(1, rig.agent.pages.size());
    }
}
