package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.config.AcsCapability;
import svasim.pcie.link.LinkConfig;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** Requests between devices behind two root ports, and what access control makes of them. */
class PeerToPeerTest {
    private static final AddressType UNTRANSLATED = AddressType.UNTRANSLATED;
    private static final AddressType TRANSLATED = AddressType.TRANSLATED;

    private static PeersRig with(AccessControlConfig control) {
        return new PeersRig(PeersRig.port(true, control));
    }

    private static AccessControlConfig egress(Boolean redirect, String... peers) {
        return new AccessControlConfig(null, redirect, null, null, null, null, List.of(peers));
    }

    private static CompletionStatus status(PeersRig rig) {
        return rig.left.received(Tlp.Completion.class).get(0).status();
    }

    @Test
    void shouldAskTheIommuFirstWhenRequestsAreRedirected() {
        PeersRig rig = PeersRig.isolating();
        rig.root.answerMyself = true;
        rig.left.send(rig.write(0x7000, UNTRANSLATED, 8));
        rig.run();
        assertEquals(List.of(), rig.right.received);

        rig.root.question(0).translated(rig.right.bar + 64);
        rig.run();

        Tlp.MemoryWrite arrived = rig.right.received(Tlp.MemoryWrite.class).get(0);
        assertEquals(rig.right.bar + 64, arrived.address());
        assertNull(arrived.pasid(), "a physical address is of no process");
        assertTrue(rig.root.drains());
    }

    @Test
    void shouldPassTheIommuWithoutRedirection() {
        PeersRig rig = PeersRig.open();
        rig.left.send(rig.write(rig.right.bar, UNTRANSLATED, 8));
        rig.run();

        assertEquals(5, rig.right.received.get(0).pasid().pasid(), "whatever the PASID says");
        assertEquals(List.of(), rig.root.questions);
    }

    @Test
    void shouldCarryTheAnswerOfAPeerBack() {
        PeersRig rig = PeersRig.isolating();
        rig.left.send(rig.read(rig.right.bar, UNTRANSLATED));
        rig.run();

        Tlp.Completion answer = rig.left.received(Tlp.Completion.class).get(0);
        assertEquals(PeersRig.RIGHT, answer.completerId());
        assertEquals(PeersRig.TAG, answer.tag());
        assertEquals(1, answer.data()[0]);
    }

    @Test
    void shouldKeepTheAnswerOfAPeerBehindItsWrites() {
        PeersRig rig = PeersRig.isolating();
        rig.root.answerMyself = true;
        rig.right.send(
                new Tlp.MemoryWrite(
                        PeersRig.RIGHT,
                        0x1000,
                        new byte[4],
                        UNTRANSLATED,
                        null,
                        Attributes.DEFAULT));
        rig.left.send(rig.read(0x7000, UNTRANSLATED));
        rig.run();
        rig.root.question(1).translated(rig.right.bar);
        rig.run();
        assertEquals(List.of(), rig.left.received, "the write before it waits for the IOMMU");

        rig.root.question(0).translated(0x1000);
        rig.run();
        assertEquals(1, rig.left.received.size());
    }

    @Test
    void shouldAnswerUnsupportedRequestWithoutPeerToPeer() {
        RootComplexConfig without =
                new RootComplexConfig(
                        null, null, null, null, null, null, null, false, null, null, null, null,
                        null);
        PeersRig rig = new PeersRig(PeersRig.port(false, new AccessControlConfig()), without);
        rig.left.send(rig.read(rig.right.bar, UNTRANSLATED));
        rig.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, status(rig));
        assertEquals(List.of(), rig.right.received);
    }

    @Test
    void shouldAbortARequestToAPeerUnderEgressControl() {
        PeersRig rig = with(egress(false, "rp1"));
        rig.root.port.controlEgress(1);
        rig.left.send(rig.read(rig.right.bar, UNTRANSLATED));
        rig.run();

        assertEquals(CompletionStatus.COMPLETER_ABORT, status(rig));
        assertEquals(List.of(), rig.right.received);
    }

    @Test
    void shouldRedirectARequestUnderEgressControlIfItMay() {
        PeersRig rig = with(egress(true, "rp1"));
        rig.root.port.controlEgress(1);
        rig.left.send(rig.read(rig.right.bar, UNTRANSLATED));
        rig.run();

        assertEquals(1, rig.root.questions.size());
        assertEquals(CompletionStatus.SUCCESS, status(rig));
    }

    @Test
    void shouldLetARequestGoStraightToAPeerThatEgressControlDoesNotName() {
        PeersRig rig = with(egress(true, "rp7"));
        rig.root.port.controlEgress(7);
        rig.left.send(rig.read(rig.right.bar, UNTRANSLATED));
        rig.run();

        assertEquals(List.of(), rig.root.questions);
        assertEquals(CompletionStatus.SUCCESS, status(rig));
    }

    @Test
    void shouldLetATranslatedRequestGoStraightToThePeer() {
        PeersRig rig = with(new AccessControlConfig(null, null, null, null, null, true, null));
        rig.left.send(rig.write(rig.right.bar, TRANSLATED, 8));
        rig.left.send(rig.write(rig.right.bar, UNTRANSLATED, 8));
        rig.run();

        assertEquals(2, rig.right.received.size());
        assertEquals(1, rig.root.questions.size(), "only of what is not translated");
    }

    @Test
    void shouldLetNothingTranslatedInWhenTranslationIsBlocked() {
        PeersRig rig = with(new AccessControlConfig(null, null, null, null, true, true, null));
        rig.left.send(rig.read(rig.right.bar, TRANSLATED));
        rig.run();

        assertEquals(CompletionStatus.COMPLETER_ABORT, status(rig));
        assertEquals(List.of("dropped ACCESS_CONTROL"), rig.root.happened);
    }

    @Test
    void shouldAbortARequesterThatDoesNotLiveBehindTheRootPort() {
        PeersRig rig = PeersRig.isolating();
        rig.right.send(rig.write(0x1000, UNTRANSLATED, 4));
        rig.run();
        assertEquals(List.of("dropped ACCESS_CONTROL"), rig.root.happened);
    }

    @Test
    void shouldForwardUpwardsWhatIsForTheSideItComesFrom() {
        PeersRig rig = PeersRig.isolating();
        rig.left.send(rig.write(rig.left.bar, UNTRANSLATED, 4));
        rig.run();
        assertEquals(1, rig.root.questions.size());
        assertEquals(1, rig.left.received.size(), "translated, it comes down again");

        PeersRig open = PeersRig.open();
        open.left.send(open.read(open.left.bar, UNTRANSLATED));
        open.run();
        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, status(open));
    }

    @Test
    void shouldCutAWriteToWhatThePeerTakes() {
        PeersRig rig = new PeersRig(new RootPortConfig(null, null, LinkConfig.of(4, 8)));
        int path = rig.right.port.maxPayloadBytes();
        rig.left.send(rig.write(rig.right.bar, TRANSLATED, 2 * path + 4));
        rig.run();

        List<Integer> sizes =
                rig.right.received(Tlp.MemoryWrite.class).stream()
                        .map(w -> w.data().length)
                        .toList();
        assertEquals(List.of(path, path, 4), sizes);
    }

    @Test
    void shouldLeaveWritesOnTheLinkWhileThePeerTakesNothing() {
        PeersRig rig = PeersRig.isolating();
        rig.right.refuses = true;
        int sent = 0;
        while (sent < 1000
                && rig.left
                        .port
                        .upstream()
                        .offer(rig.write(rig.right.bar, TRANSLATED, 4), rig.kernel.nowPs())) {
            sent++;
            rig.run();
        }
        assertTrue(sent < 1000, "the queues on the way are full");

        rig.right.refuses = false;
        rig.right.port.retryDownstream(rig.kernel.nowPs());
        rig.run();
        assertEquals(sent, rig.right.received.size());
    }

    @Test
    void shouldLetAnswersPassReadsThatAPeerDoesNotTake() {
        PeersRig rig = PeersRig.isolating();
        rig.right.refuses = true;
        rig.left.send(rig.read(rig.right.bar, TRANSLATED));
        rig.left.send(rig.write(0x1000, UNTRANSLATED, 4));
        rig.left.send(rig.read(0x1000, UNTRANSLATED));
        rig.run();

        assertEquals(1, rig.left.received.size(), "memory has answered");
    }

    @Test
    void shouldAnswerForAnAddressInTheWindowThatNobodyHas() {
        PeersRig rig = PeersRig.isolating();
        rig.left.send(rig.read(rig.right.bar + (1 << 19), TRANSLATED));
        rig.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, status(rig));
        assertEquals(List.of("dropped UNROUTABLE"), rig.root.happened);
    }

    @Test
    void shouldAnswerForAPeerThatIsGone() {
        PeersRig rig = PeersRig.isolating();
        rig.right.port.surpriseDown(0);
        rig.left.send(rig.read(rig.right.bar, TRANSLATED));
        rig.left.send(rig.write(rig.right.bar, TRANSLATED, 4));
        rig.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, status(rig));
        assertTrue(rig.root.drains());
    }

    @Test
    void shouldLetSoftwareSwitchAccessControlOfARootPortOff() {
        PeersRig rig = PeersRig.isolating();
        int acs = rig.root.port.configuration().findExtended(AcsCapability.ID);
        rig.root.port.configuration().write(acs + AcsCapability.CONTROL, 2, 0);
        rig.left.send(rig.write(rig.right.bar, UNTRANSLATED, 4));
        rig.run();

        assertEquals(List.of(), rig.root.questions);
        assertEquals("rp0", rig.root.port.sharedBelow());
        assertFalse(rig.right.received.isEmpty());
    }
}
