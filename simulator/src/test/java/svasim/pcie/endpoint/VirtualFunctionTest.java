package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ExpressCapability;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;
import svasim.pcie.config.SriovCapability;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Virtual functions: what each has of its own, and what it shares with the physical function. */
class VirtualFunctionTest {
    private static final int PASID = EndpointRig.PASID;

    private final EndpointRig rig = EndpointRig.ready();
    private final VirtualFunctions functions =
            rig.function.virtualize(new VirtualFunctionsConfig(4, 3, 2));
    private final Function first = functions.add("vf1", new EndpointConfig());
    private final Function second = functions.add("vf2", new EndpointConfig());
    private final List<DmaStatus> ended = new ArrayList<>();

    private void enable() {
        functions.enable();
        ats(first, true);
        ats(second, true);
    }

    private static void ats(Function of, boolean on) {
        ConfigurationSpace space = of.configuration();
        int control = space.findExtended(AtsCapability.ID) + AtsCapability.CONTROL;
        space.write(control, 2, on ? AtsCapability.ENABLE : 0);
    }

    private void read(Function by, long address) {
        by.dma()
                .read(
                        DmaRequest.of(PASID, address, new byte[8]),
                        (nowPs, token, status, fault) -> ended.add(status),
                        0);
    }

    private void invalidate(Function of, int itag) {
        rig.agent.send(
                new Tlp.InvalidateRequest(
                        EndpointRig.AGENT,
                        of.requesterId(),
                        itag,
                        EndpointRig.VA,
                        false,
                        false,
                        new PasidPrefix(PASID)));
        rig.run();
    }

    private List<Integer> askers() {
        return rig.sent(Tlp.TranslationRequest.class).stream().map(Tlp::senderId).toList();
    }

    @Test
    void shouldHaveRequesterIdsOfTheirOwn() {
        enable();
        read(first, EndpointRig.VA);
        read(second, EndpointRig.VA);
        rig.run();

        assertEquals(List.of(DmaStatus.OK, DmaStatus.OK), ended);
        assertEquals(List.of(EndpointRig.RID + 3, EndpointRig.RID + 5), askers());
    }

    @Test
    void shouldBeThereOnlyWhileEnabled() {
        assertNull(rig.rootComplex.portOf(first.requesterId()));
        assertEquals(-1, first.configuration().read(0, 4), "nobody answers");
        read(first, EndpointRig.VA);
        rig.run();
        assertEquals(List.of(), askers());

        enable();
        assertNotEquals(-1, first.configuration().read(0x100, 4));
        assertEquals(rig.port, rig.rootComplex.portOf(first.requesterId()));
    }

    @Test
    void shouldKeepTranslationsApart() {
        enable();
        read(first, EndpointRig.VA);
        read(second, EndpointRig.VA);
        rig.run();
        invalidate(first, 1);
        read(first, EndpointRig.VA);
        read(second, EndpointRig.VA);
        rig.run();

        int again = rig.sent(Tlp.TranslationRequest.class).size() - 2;
        assertEquals(1, again, "only the first had to ask again");
        assertEquals(first.requesterId(), rig.agent.invalidated.get(0).requesterId());
    }

    @Test
    void shouldSwitchAtsEachForItself() {
        functions.enable();
        ats(second, true);
        read(first, EndpointRig.VA);
        read(second, EndpointRig.VA);
        rig.run();

        assertEquals(List.of(second.requesterId()), askers());
    }

    @Test
    void shouldHaveTheUnitAndTheQueueOfThePhysicalFunction() {
        enable();
        ConfigurationSpace space = first.configuration();
        int ats = space.findExtended(AtsCapability.ID);
        space.write(ats + AtsCapability.CONTROL, 2, 0x0007);

        assertEquals(0, space.read(ats + AtsCapability.CONTROL, 2), "the unit is not its own");
        ConfigurationSpace physical = rig.function.configuration();
        int own = physical.findExtended(AtsCapability.ID);
        assertEquals(
                physical.read(own + AtsCapability.CAPABILITY, 2),
                space.read(ats + AtsCapability.CAPABILITY, 2));
    }

    @Test
    void shouldShowNeitherPasidNorPriOfTheirOwn() {
        enable();

        assertEquals(0, first.configuration().findExtended(PasidCapability.ID));
        assertEquals(0, first.configuration().findExtended(PriCapability.ID));
        assertEquals(0, first.configuration().findExtended(SriovCapability.ID));
    }

    @Test
    void shouldSendNoPasidWhileThePhysicalFunctionHasItOff() {
        functions.enable();
        rig.ats(false).pri(false).pasid(false);
        read(first, EndpointRig.VA);
        rig.run();

        assertEquals(List.of(DmaStatus.UNSUPPORTED_REQUEST), ended);
    }

    @Test
    void shouldKeepPasidWhileAnyOfThemHasAtsOn() {
        enable();
        rig.pri(false).ats(false).pasid(false);
        read(first, EndpointRig.VA);
        rig.run();

        assertEquals(List.of(DmaStatus.OK), ended, "such a write changes nothing");
    }

    @Test
    void shouldShareTheAllocationOfPageRequests() {
        enable();
        rig.control(PriCapability.ID, PriCapability.CONTROL, 0);
        rig.allocation(1);
        rig.control(PriCapability.ID, PriCapability.CONTROL, PriCapability.ENABLE);
        read(first, 0x5000);
        read(second, 0x6000);
        rig.runFor(5_000_000);
        assertEquals(1, rig.agent.pages.size());

        Tlp.PageRequest asked = rig.agent.pages.get(0);
        assertEquals(first.requesterId(), asked.requesterId());
        answer(first, asked.prgIndex(), Tlp.PageGroupResponse.INVALID_REQUEST);
        read(second, 0x7000);
        rig.runFor(5_000_000);
        assertTrue(rig.agent.pages.size() > 1, "there is room again");
    }

    private void answer(Function of, int index, int code) {
        rig.agent.send(
                new Tlp.PageGroupResponse(
                        EndpointRig.AGENT, of.requesterId(), index, code, new PasidPrefix(PASID)));
        rig.runFor(1_000_000);
    }

    @Test
    void shouldStopAllOfThemWithAResponseFailure() {
        enable();
        read(first, 0x5000);
        read(second, 0x6000);
        rig.runFor(5_000_000);
        answer(first, 0, Tlp.PageGroupResponse.RESPONSE_FAILURE);

        assertEquals(List.of(DmaStatus.RESPONSE_FAILURE, DmaStatus.RESPONSE_FAILURE), ended);
        assertEquals(1, rig.priStatus() & PriCapability.RESPONSE_FAILURE);
    }

    @Test
    void shouldBeStoppedOnlyWhenAllAreAnswered() {
        enable();
        read(first, 0x5000);
        read(second, 0x6000);
        rig.runFor(5_000_000);
        rig.control(PriCapability.ID, PriCapability.CONTROL, 0);
        assertEquals(0, rig.priStatus() & PriCapability.STOPPED);

        answer(first, 0, Tlp.PageGroupResponse.SUCCESS);
        assertEquals(0, rig.priStatus() & PriCapability.STOPPED);
        answer(second, 0, Tlp.PageGroupResponse.SUCCESS);
        assertEquals(PriCapability.STOPPED, rig.priStatus() & PriCapability.STOPPED);
    }

    @Test
    void shouldKeepWhatIsSharedInItsOwnReset() {
        enable();
        int control = ExpressCapability.DEVICE_CONTROL;
        first.configuration().write(control, 2, ExpressCapability.INITIATE_RESET);
        read(second, EndpointRig.VA);
        rig.run();

        assertEquals(List.of(DmaStatus.OK), ended);
        int ats = first.configuration().findExtended(AtsCapability.ID);
        assertEquals(0, first.configuration().read(ats + AtsCapability.CONTROL, 2));
    }

    @Test
    void shouldVanishWithTheResetOfThePhysicalFunction() {
        enable();
        read(first, 0x5000);
        rig.runFor(5_000_000);
        rig.function
                .configuration()
                .write(ExpressCapability.DEVICE_CONTROL, 2, ExpressCapability.INITIATE_RESET);
        rig.run();

        assertEquals(List.of(DmaStatus.DISCARDED), ended);
        assertNull(rig.rootComplex.portOf(first.requesterId()));
        invalidate(first, 2);
        assertEquals(List.of(DropReason.UNROUTABLE), rig.drops);
    }

    @Test
    void shouldHaveTheSameBarOneBehindTheOther() {
        List<String> heard = new ArrayList<>();
        functions.addBar(0, 4096);
        for (Function function : List.of(first, second)) {
            function.barHandler(
                    new BarHandler() {
                        @Override
                        public void write(int bar, long offset, byte[] data, long nowPs) {
                            heard.add(function.name() + " " + offset);
                        }

                        @Override
                        public long read(int bar, long offset, int bytes, long nowPs) {
                            return 7;
                        }
                    });
        }
        assertFalse(rig.rootComplex.claims(first.barAddress(0)), "not enabled yet");
        enable();
        rig.rootComplex.writeMmio(first.barAddress(0) + 4096 + 16, new byte[4]);
        rig.run();

        assertEquals(List.of("vf2 16"), heard);
        assertEquals(7, rig.rootComplex.readMmio(first.barAddress(0), 4));
        ConfigurationSpace physical = rig.function.configuration();
        int control = physical.findExtended(SriovCapability.ID) + SriovCapability.CONTROL;
        physical.write(control, 2, SriovCapability.ENABLE);
        assertFalse(rig.rootComplex.claims(first.barAddress(0)), "VF memory space is off");
    }
}
