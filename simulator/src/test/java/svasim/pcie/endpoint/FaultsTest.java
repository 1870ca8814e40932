package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import svasim.pcie.config.AerCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PcieError;
import svasim.pcie.config.RootErrorCapability;
import svasim.pcie.config.SlotRegisters;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.fabric.Tampering;
import svasim.pcie.tlp.Message;
import svasim.pcie.tlp.MessageCode;
import svasim.pcie.tlp.Tlp;

/** What a function, its port and its link make of packets and links that fail. */
class FaultsTest {
    private final EndpointRig rig = EndpointRig.ready();

    /** The first packet that passes a test suffers. */
    private void strike(Tampering.Effect effect, boolean up, Predicate<Tlp> which) {
        boolean[] done = new boolean[1];
        rig.port.tamper(
                up,
                new Tampering.Strike() {
                    @Override
                    public Tampering.Effect effect() {
                        return effect;
                    }

                    @Override
                    public boolean hits(Tlp tlp) {
                        boolean hit = !done[0] && which.test(tlp);
                        done[0] |= hit;
                        return hit;
                    }
                });
    }

    private static boolean isSet(ConfigurationSpace space, PcieError error) {
        int register =
                error.isCorrectable()
                        ? AerCapability.CORRECTABLE_STATUS
                        : AerCapability.UNCORRECTABLE_STATUS;
        int aer = space.findExtended(AerCapability.ID);
        return (space.read(aer + register, Integer.BYTES) & error.bit()) != 0;
    }

    private boolean portHas(PcieError error) {
        return isSet(rig.port.configuration(), error);
    }

    private boolean functionHas(PcieError error) {
        return isSet(rig.function.configuration(), error);
    }

    private int rootStatus() {
        ConfigurationSpace space = rig.port.configuration();
        int aer = space.findExtended(AerCapability.ID);
        return space.read(aer + RootErrorCapability.STATUS, Integer.BYTES);
    }

    private void readPage() {
        rig.read(EndpointRig.PASID, EndpointRig.VA, 64);
        rig.run();
    }

    @Test
    void shouldEndAReadThatIsAnsweredUnsupportedRequest() {
        strike(Tampering.Effect.REFUSE, true, Tlp.MemoryRead.class::isInstance);
        readPage();

        assertEquals(DmaStatus.UNSUPPORTED_REQUEST, rig.lastStatus());
        assertTrue(portHas(PcieError.UNSUPPORTED_REQUEST));
        assertEquals(List.of(DropReason.UNSUPPORTED_REQUEST), rig.drops);
    }

    @Test
    void shouldEndAReadThatIsAnsweredCompleterAbort() {
        strike(Tampering.Effect.ABORT, true, Tlp.MemoryRead.class::isInstance);
        readPage();

        assertEquals(DmaStatus.COMPLETER_ABORT, rig.lastStatus());
        assertTrue(portHas(PcieError.COMPLETER_ABORT));
    }

    @Test
    void shouldAskForNoTranslationsAfterUnsupportedRequest() {
        strike(Tampering.Effect.REFUSE, true, Tlp.TranslationRequest.class::isInstance);
        readPage();
        readPage();

        assertEquals(1, rig.sent(Tlp.TranslationRequest.class).size());
        assertEquals(DmaStatus.UNSUPPORTED_REQUEST, rig.outcomes.get(0).status());
    }

    @Test
    void shouldTimeOutWhenACompletionIsLost() {
        strike(Tampering.Effect.LOSE, false, Tlp.Completion.class::isInstance);
        readPage();

        assertEquals(DmaStatus.TIMEOUT, rig.lastStatus());
        assertTrue(functionHas(PcieError.COMPLETION_TIMEOUT));
        assertEquals(
                RootErrorCapability.UNCORRECTABLE | RootErrorCapability.NONFATAL, rootStatus());
    }

    @Test
    void shouldTimeOutWhenOneOfSeveralCompletionsIsLost() {
        rig.read(EndpointRig.PASID, EndpointRig.VA, 64);
        rig.run();
        strike(Tampering.Effect.LOSE, false, Tlp.Completion.class::isInstance);
        rig.read(EndpointRig.PASID, EndpointRig.VA, 512);
        rig.run();

        assertEquals(DmaStatus.TIMEOUT, rig.lastStatus());
    }

    @Test
    void shouldNotUsePoisonedDataAndWaitForTheRest() {
        readPage();
        strike(Tampering.Effect.POISON, false, Tlp.Completion.class::isInstance);
        byte[] buffer = rig.read(EndpointRig.PASID, EndpointRig.VA, 512);
        rig.run();

        assertEquals(DmaStatus.POISONED, rig.lastStatus());
        assertArrayEquals(new byte[512], buffer);
        assertTrue(functionHas(PcieError.POISONED_TLP));
        assertEquals(List.of(), rig.drops, "no completion comes unexpected");
    }

    @Test
    void shouldNotWritePoisonedDataToMemory() {
        strike(Tampering.Effect.POISON, true, Tlp.MemoryWrite.class::isInstance);
        rig.write(EndpointRig.PASID, EndpointRig.VA, (byte) 1);
        rig.run();

        assertEquals(List.of(DropReason.POISONED), rig.drops);
        assertEquals(List.of(), rig.memoryAccesses);
        assertTrue(portHas(PcieError.POISONED_TLP));
    }

    @Test
    void shouldReportAMalformedPacketAsFatal() {
        strike(Tampering.Effect.MALFORM, true, Tlp.MemoryRead.class::isInstance);
        readPage();

        assertTrue(portHas(PcieError.MALFORMED_TLP));
        assertEquals(DmaStatus.TIMEOUT, rig.lastStatus());
        assertTrue((rootStatus() & RootErrorCapability.FATAL) != 0);
    }

    @Test
    void shouldSendAnErrorMessageToTheRootPort() {
        strike(Tampering.Effect.POISON, false, Tlp.Completion.class::isInstance);
        readPage();

        List<Message> messages = rig.sent(Message.class);
        assertEquals(1, messages.size());
        assertEquals(MessageCode.ERR_NONFATAL, messages.get(0).meaning());
        ConfigurationSpace space = rig.port.configuration();
        int aer = space.findExtended(AerCapability.ID);
        assertEquals(EndpointRig.RID, space.read(aer + RootErrorCapability.SOURCE + 2, 2));
    }

    @Test
    void shouldMendABadPacketAndNoteItAsCorrectable() {
        rig.port.link().lower().corruptNext();
        readPage();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertTrue(portHas(PcieError.BAD_TLP));
        assertTrue((rootStatus() & RootErrorCapability.CORRECTABLE) != 0);
    }

    @Test
    void shouldEndEverythingWhenTheDeviceIsPulledOut() {
        rig.read(EndpointRig.PASID, EndpointRig.VA, 64);
        rig.runFor(100_000);
        rig.port.surpriseDown(rig.kernel.nowPs());
        rig.run();

        assertEquals(DmaStatus.DISCARDED, rig.lastStatus());
        assertTrue(portHas(PcieError.SURPRISE_DOWN));
        assertFalse(rig.function.configuration().isReachable());
        int status = rig.port.configuration().read(SlotRegisters.SLOT_STATUS, 2);
        assertEquals(SlotRegisters.LINK_CHANGED, status);
        assertTrue(rig.port.link().isIdle());
    }

    @Test
    void shouldSendNothingAfterItWasPulledOut() {
        rig.port.surpriseDown(0);
        int before = rig.sent.size();
        rig.read(EndpointRig.PASID, EndpointRig.VA, 64);
        rig.function.interrupt(0xFEE0_0000L, 1);
        rig.run();

        assertEquals(before, rig.sent.size());
    }

    @Test
    void shouldWorkAgainAfterAHotReset() {
        readPage();
        rig.port.hotReset(rig.kernel.nowPs());
        rig.run();
        rig.enabled();
        readPage();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertEquals(2, rig.sent(Tlp.TranslationRequest.class).size(), "the ATC was empty");
    }

    @Test
    void shouldForgetEverythingInAHotReset() {
        rig.read(EndpointRig.PASID, EndpointRig.VA, 64);
        rig.runFor(100_000);
        rig.port.hotReset(rig.kernel.nowPs());
        rig.run();

        assertEquals(DmaStatus.DISCARDED, rig.lastStatus());
        assertEquals("", rig.function.waitingFor());
        assertTrue(rig.port.link().isUp());
    }

    @Test
    void shouldTakeInvalidationsWithoutCompletingThemWhenItIsSilent() {
        readPage();
        rig.function.completesInvalidations(false);
        rig.agent.invalidate(5, EndpointRig.PASID, EndpointRig.VA, 12);
        rig.run();
        readPage();

        assertEquals(0, rig.sent(Tlp.InvalidateCompletion.class).size());
        assertEquals(2, rig.sent(Tlp.TranslationRequest.class).size(), "it has forgotten");
    }
}
