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
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Routing, hop time, back-pressure, prefixes and access control of a switch. */
class SwitchTest {
    private static final PasidPrefix PASID = new PasidPrefix(5);

    private static Tlp write(long address, AddressType type, PasidPrefix pasid) {
        return new Tlp.MemoryWrite(
                SwitchRig.LEFT, address, new byte[4], type, pasid, Attributes.DEFAULT);
    }

    private static Tlp write(long address) {
        return write(address, AddressType.UNTRANSLATED, null);
    }

    private static Tlp read(int requester, long address, AddressType type, PasidPrefix pasid) {
        return new Tlp.MemoryRead(requester, 9, address, 4, type, pasid, Attributes.DEFAULT);
    }

    private static Tlp read(long address) {
        return read(SwitchRig.LEFT, address, AddressType.UNTRANSLATED, null);
    }

    private static SwitchPortConfig blocking(Boolean prefixes, Boolean prefixBlocking) {
        return new SwitchPortConfig(prefixes, prefixBlocking, null, false, null, null);
    }

    private static SwitchPortConfig with(AccessControlConfig control) {
        return new SwitchPortConfig(null, null, null, null, control, null);
    }

    private static AccessControlConfig control(boolean blocksTranslation, boolean direct) {
        return new AccessControlConfig(null, null, null, null, blocksTranslation, direct, null);
    }

    @Test
    void shouldCarryARequestUpAndItsAnswerDown() {
        SwitchRig rig = SwitchRig.isolating();
        rig.root.memory.writeLong(0x1000, 0x42);
        rig.sendLeft(read(0x1000));
        rig.run();

        Tlp.Completion answer = (Tlp.Completion) rig.left.received.get(0);
        assertEquals(0x42, answer.data()[0]);
        assertEquals(List.of(), rig.right.received);
    }

    @Test
    void shouldTakeOneHopEachWay() {
        SwitchRig rig = SwitchRig.isolating();
        FabricRig direct = FabricRig.plain();
        direct.send(Packet.read(9, 0x1000, 4));
        direct.run();
        rig.sendLeft(read(0x1000));
        rig.run();

        long linkPs = link(20) + link(24);
        assertEquals(
                direct.receivedPs.get(0) + 2 * SwitchRig.HOP.value() + linkPs,
                rig.left.receivedPs.get(0),
                4,
                "the second link, and two hops; each link rounds");
    }

    private static long link(int wireBytes) {
        LinkConfig link = new LinkConfig();
        return link.flight().value() + wireBytes * 32500L / (64 * link.lanes());
    }

    @Test
    void shouldRouteWritesOfTheHostByAddress() {
        SwitchRig rig = SwitchRig.isolating();
        rig.root.rootComplex.writeMmio(rig.left.bar, new byte[4]);
        rig.root.rootComplex.writeMmio(rig.right.bar + 64, new byte[4]);
        rig.run();

        assertEquals(1, rig.left.received.size());
        assertEquals(1, rig.right.received.size());
    }

    @Test
    void shouldPushWritesAheadOfAReadOfTheHost() {
        SwitchRig rig = SwitchRig.isolating();
        rig.root.rootComplex.writeMmio(rig.left.bar, new byte[4]);
        rig.root.rootComplex.writeMmio(rig.left.bar, new byte[4]);

        assertEquals(2, rig.root.rootComplex.readMmio(rig.left.bar, 8));
        rig.run();
        assertEquals(2, rig.left.received.size(), "none comes twice");
        assertTrue(rig.root.rootComplex.mmioRoundTripPs(rig.left.bar) > 2 * SwitchRig.HOP.value());
    }

    @Test
    void shouldRouteInvalidationsById() {
        SwitchRig rig = SwitchRig.isolating();
        Tlp request =
                new Tlp.InvalidateRequest(
                        Packet.AGENT, SwitchRig.RIGHT, 1, 0x1000, false, false, PASID);
        rig.root.agentSink.offer(request, 0);
        rig.run();

        assertEquals(List.of(request), rig.right.received);
    }

    @Test
    void shouldHoldUpNobodyElseWhenOneFunctionTakesNothing() {
        SwitchRig rig = SwitchRig.isolating();
        rig.right.refuses = true;
        for (int i = 0; i < 3; i++) {
            rig.root.rootComplex.writeMmio(rig.right.bar, new byte[4]);
        }
        rig.root.rootComplex.writeMmio(rig.left.bar, new byte[4]);
        rig.run();
        assertEquals(1, rig.left.received.size());

        rig.right.refuses = false;
        rig.rightPort.retryDownstream(rig.kernel.nowPs());
        rig.run();
        assertEquals(3, rig.right.received.size());
    }

    @Test
    void shouldSendAnUntranslatedRequestToTheRootComplexWithAccessControl() {
        SwitchRig rig = SwitchRig.isolating();
        rig.sendLeft(write(rig.right.bar, AddressType.UNTRANSLATED, PASID));
        rig.run();

        assertEquals(1, rig.root.questions.size());
        assertNull(rig.right.received.get(0).pasid(), "it comes down with a physical address");
        assertNull(rig.leftPort.sharedBelow());
    }

    @Test
    void shouldSendAnUntranslatedRequestWithPasidToAPeerWithoutAccessControl() {
        SwitchRig rig = SwitchRig.open();
        rig.sendLeft(write(rig.right.bar, AddressType.UNTRANSLATED, PASID));
        rig.run();

        assertEquals(1, rig.right.received.size(), "whatever the PASID says");
        assertEquals(List.of(), rig.root.questions);
        assertEquals("sw0", rig.leftPort.sharedBelow());
    }

    @Test
    void shouldSendATranslationRequestToAPeerWithoutAccessControl() {
        SwitchRig open = SwitchRig.open();
        SwitchRig redirected = SwitchRig.isolating();
        for (SwitchRig rig : List.of(open, redirected)) {
            long address = rig.right.bar;
            rig.sendLeft(
                    new Tlp.TranslationRequest(
                            SwitchRig.LEFT, 3, address, 1, false, PASID, Attributes.DEFAULT));
            rig.run();
        }

        assertEquals(1, open.right.received.size());
        assertEquals(1, redirected.root.atAgent.size());
        assertEquals(List.of(), redirected.right.received);
    }

    @Test
    void shouldLetATranslatedRequestGoStraightToThePeer() {
        SwitchPortConfig direct = with(control(false, true));
        SwitchRig rig = new SwitchRig(direct, new SwitchPortConfig(), null);
        rig.sendLeft(write(rig.right.bar, AddressType.TRANSLATED, null));
        rig.run();

        assertEquals(1, rig.right.received.size());
    }

    @Test
    void shouldAbortWhatIsTranslatedWhenTranslationIsBlocked() {
        SwitchPortConfig blocking = with(control(true, true));
        SwitchRig rig = new SwitchRig(blocking, new SwitchPortConfig(), null);
        rig.sendLeft(read(SwitchRig.LEFT, 0x1000, AddressType.TRANSLATED, null));
        rig.sendLeft(write(0x1000));
        rig.run();

        assertEquals(CompletionStatus.COMPLETER_ABORT, rig.leftStatus());
        assertEquals(List.of("dropped ACCESS_CONTROL", "DMA_WRITE 1000"), rig.happened());
    }

    @Test
    void shouldAbortARequesterThatDoesNotLiveThere() {
        SwitchRig rig = SwitchRig.isolating();
        rig.sendLeft(
                new Tlp.MemoryWrite(
                        SwitchRig.RIGHT,
                        0x1000,
                        new byte[4],
                        AddressType.UNTRANSLATED,
                        null,
                        Attributes.DEFAULT));
        rig.run();

        assertEquals(List.of("dropped ACCESS_CONTROL"), rig.happened());
    }

    @Test
    void shouldLetSoftwareSwitchAccessControlOff() {
        SwitchRig rig = SwitchRig.isolating();
        int acs = rig.leftPort.configuration().findExtended(AcsCapability.ID);
        rig.leftPort.configuration().write(acs + AcsCapability.CONTROL, 2, 0);
        rig.sendLeft(write(rig.right.bar));
        rig.run();

        assertEquals(1, rig.right.received.size());
    }

    @Test
    void shouldTakeAPasidForMalformedWithoutPrefixSupport() {
        SwitchRig rig = new SwitchRig(blocking(false, null), SwitchRig.noAcs(), null);
        rig.sendLeft(read(SwitchRig.LEFT, 0x1000, AddressType.UNTRANSLATED, PASID));
        rig.sendLeft(write(0x1000));
        rig.run();

        assertEquals(List.of("dropped PREFIX_NOT_SUPPORTED", "DMA_WRITE 1000"), rig.happened());
        assertEquals(List.of(), rig.left.received, "no completion");
        assertFalse(rig.leftPort.supportsPrefixes());
        assertTrue(rig.rightPort.supportsPrefixes());
    }

    @Test
    void shouldAnswerABlockedPrefixWithUnsupportedRequest() {
        SwitchRig rig = new SwitchRig(SwitchRig.noAcs(), blocking(null, true), null);
        rig.sendLeft(read(SwitchRig.LEFT, rig.right.bar, AddressType.UNTRANSLATED, PASID));
        rig.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, rig.leftStatus());
        assertEquals(List.of("dropped PREFIX_BLOCKED"), rig.happened());
    }

    @Test
    void shouldBlockPrefixesOnTheWayUp() {
        SwitchRig rig = new SwitchRig(new SwitchPortConfig(), new SwitchPortConfig(), false);
        rig.sendLeft(read(SwitchRig.LEFT, 0x1000, AddressType.UNTRANSLATED, PASID));
        rig.run();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, rig.leftStatus());
        assertFalse(rig.leftPort.supportsPrefixes());
    }
}
