package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RW;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;
import svasim.units.Picoseconds;

/** How a function comes to physical addresses. */
class TranslationTest {
    /** Longer than a packet is on its way, shorter than a time-out. */
    private static final long A_WHILE_PS = 1_000_000;

    private EndpointRig rig = EndpointRig.ready();

    @Test
    void shouldReadWithTheTranslationItAskedFor() {
        rig.memory.writeLong(PA + 8, 0x42);

        byte[] data = rig.read(PASID, VA + 8, 8);
        rig.run();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertEquals(0x42, data[0]);
        Tlp.TranslationRequest asked = rig.sent(Tlp.TranslationRequest.class).get(0);
        assertEquals(PASID, asked.pasid().pasid());
        assertEquals(VA, asked.address());
        assertTrue(asked.noWrite(), "a read does not ask to write");
        Tlp.MemoryRead read = rig.sent(Tlp.MemoryRead.class).get(0);
        assertEquals(AddressType.TRANSLATED, read.addressType());
        assertEquals(PA + 8, read.address());
        assertNull(read.pasid(), "no prefix on translated requests");
    }

    @Test
    void shouldServeSecondReadFromAtc() {
        rig.read(PASID, VA, 8);
        rig.run();
        rig.read(PASID, VA + 64, 8);
        rig.run();

        assertEquals(1, rig.agent.translations.size());
        assertEquals(1, rig.counter("atc.hits"));
        assertEquals(1, rig.counter("atc.misses"));
    }

    @Test
    void shouldAskOnceForAccessesOfOnePageAtOneTime() {
        rig.write(PASID, VA, new byte[8]);
        rig.read(PASID, VA, 8);
        rig.read(PASID, VA + 8, 8);
        rig.run();

        assertEquals(1, rig.agent.translations.size());
        assertEquals(3, rig.outcomes.size());
    }

    @Test
    void shouldAskAgainForAWriteBehindARead() {
        rig.read(PASID, VA, 8);
        rig.write(PASID, VA, new byte[8]);
        rig.run();

        assertEquals(2, rig.agent.translations.size());
        assertFalse(rig.agent.translations.get(1).noWrite());
    }

    @Test
    void shouldAskAgainWhenTheEntryPermitsTooLittle() {
        rig.agent.map(PASID, VA, PA, 12, TranslationEntry.READ);
        rig.read(PASID, VA, 8);
        rig.run();
        rig.agent.map(PASID, VA, PA, 12, RW);
        rig.write(PASID, VA, (byte) 7);
        rig.run();

        assertEquals(2, rig.agent.translations.size());
        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertEquals(7, rig.memory.readByte(PA));
    }

    @Test
    void shouldCoverAWholeLargePage() {
        rig.agent.map(PASID, 0x4000_0000L, 0x8000_0000L, 21, RW);
        rig.write(PASID, 0x4000_0000L, (byte) 1);
        rig.run();
        rig.write(PASID, 0x401F_F123L, (byte) 2);
        rig.run();

        assertEquals(1, rig.agent.translations.size());
        assertEquals(2, rig.memory.readByte(0x801F_F123L));
    }

    @Test
    void shouldUseUntranslatedAddressesWhileAtsIsOff() {
        rig.ats(false);
        rig.write(PASID, VA, (byte) 9);
        rig.run();

        Tlp.MemoryWrite write = rig.sent(Tlp.MemoryWrite.class).get(0);
        assertEquals(AddressType.UNTRANSLATED, write.addressType());
        assertEquals(PASID, write.pasid().pasid());
        assertEquals(9, rig.memory.readByte(PA));
    }

    @Test
    void shouldSendNoPrefixForRequestsWithoutPasid() {
        rig.agent.map(PasidPrefix.NONE, 0x1000, 0x5000, 12, RW);
        rig.write(PasidPrefix.NONE, 0x1000, (byte) 9);
        rig.run();

        assertNull(rig.agent.translations.get(0).pasid());
        assertEquals(9, rig.memory.readByte(0x5000));
    }

    @Test
    void shouldRefuseAPasidThatIsOffOrTooWide() {
        EndpointRig off = new EndpointRig(new EndpointConfig()).ats(true);
        off.read(PASID, VA, 8);
        off.run();
        assertEquals(DmaStatus.UNSUPPORTED_REQUEST, off.lastStatus());
        assertEquals(VA, off.outcomes.get(0).faultAddress());

        var narrow = new EndpointConfig.Pasid(null, 16, null, null);
        EndpointRig sixteen =
                new EndpointRig(new EndpointConfig(narrow, null, null, null, null)).enabled();
        sixteen.read(PASID, VA, 8);
        sixteen.run();
        assertEquals(DmaStatus.UNSUPPORTED_REQUEST, sixteen.lastStatus());
        assertEquals(List.of(), sixteen.sent);
    }

    @Test
    void shouldKeepToUntranslatedAccessWhereTheEntrySaysSo() {
        rig.agent.map(PASID, VA, PA, 12, RW | TranslationEntry.UNTRANSLATED_ONLY);
        rig.write(PASID, VA, (byte) 1);
        rig.run();

        Tlp.MemoryWrite write = rig.sent(Tlp.MemoryWrite.class).get(0);
        assertEquals(AddressType.UNTRANSLATED, write.addressType());
        assertEquals(VA, write.address());
        assertNotNull(write.pasid());
    }

    @Test
    void shouldSetNoSnoopWhereTheEntrySaysSo() {
        rig.agent.map(PASID, VA, PA, 12, RW | TranslationEntry.NON_SNOOPED);
        rig.write(PASID, VA, (byte) 1);
        rig.run();

        assertTrue(rig.sent(Tlp.MemoryWrite.class).get(0).attributes().noSnoop());
    }

    @Test
    void shouldNotKeepThatAPageIsAbsent() {
        rig.pri(false);
        rig.agent.unmap(PASID, VA);
        rig.read(PASID, VA + 16, 8);
        rig.run();
        assertEquals(DmaStatus.NO_TRANSLATION, rig.lastStatus());
        assertEquals(VA + 16, rig.outcomes.get(0).faultAddress());

        rig.mapped().read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    @Test
    void shouldStopTranslatingAfterUnsupportedRequestUntilAtsIsEnabledAnew() {
        rig.agent.status = CompletionStatus.UNSUPPORTED_REQUEST;
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.UNSUPPORTED_REQUEST, rig.lastStatus());

        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(1, rig.agent.translations.size());
        assertEquals(DmaStatus.OK, rig.lastStatus(), "untranslated");

        rig.agent.status = CompletionStatus.SUCCESS;
        rig.ats(false).ats(true).read(PASID, VA, 8);
        rig.run();
        assertEquals(2, rig.agent.translations.size());
    }

    @Test
    void shouldFailOnlyTheRequestThatTheAgentAborts() {
        rig.agent.status = CompletionStatus.COMPLETER_ABORT;
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.COMPLETER_ABORT, rig.lastStatus());
        assertEquals(List.of(), rig.agent.pages, "not turned into a page request");

        rig.agent.status = CompletionStatus.SUCCESS;
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    @Test
    void shouldForgetTranslationsWhenAtsIsEnabledAnew() {
        rig.read(PASID, VA, 8);
        rig.run();
        rig.ats(false).ats(true).read(PASID, VA, 8);
        rig.run();

        assertEquals(2, rig.agent.translations.size());
    }

    @Test
    void shouldNotUseATranslationThatArrivesAfterAtsWentOff() {
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(1_000_000);
        rig.ats(false);
        rig.agent.answer(rig.agent.translations.get(0));
        rig.run();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertEquals(AddressType.UNTRANSLATED, rig.sent(Tlp.MemoryRead.class).get(0).addressType());
    }

    @Test
    void shouldKeepPrivilegeAndExecuteApart() {
        byte[] buffer = new byte[8];
        rig.agent.map(PASID, VA, PA, 12, RW | TranslationEntry.EXECUTE);
        for (boolean privileged : new boolean[] {false, true}) {
            PasidPrefix prefix = new PasidPrefix(PASID, privileged, false);
            rig.submit(new DmaRequest(prefix, VA, buffer, 0, 8, OnFault.BLOCK, 0), false);
            rig.run();
        }

        assertEquals(2, rig.agent.translations.size());
        assertTrue(rig.agent.translations.get(1).pasid().privileged());
    }

    @Test
    void shouldNotAskForExecuteWhereItIsNotEnabled() {
        PasidPrefix prefix = new PasidPrefix(PASID, false, true);
        rig.submit(new DmaRequest(prefix, VA, new byte[8], 0, 8, OnFault.BLOCK, 0), false);
        rig.run();

        assertFalse(rig.agent.translations.get(0).pasid().execute());
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    @Test
    void shouldKeepEntriesOfStreamsApart() {
        AtcConfig atc = new AtcConfig(2, 1, AtcConfig.Index.STREAM, null, null, null, null);
        EndpointRig streams =
                new EndpointRig(new EndpointConfig(null, null, null, null, atc)).enabled();
        streams.mapped();
        for (int stream : new int[] {0, 1, 0, 1}) {
            streams.submit(DmaRequest.of(PASID, VA, new byte[8]).stream(stream), false);
            streams.run();
        }

        assertEquals(2, streams.agent.translations.size());
    }

    @Test
    void shouldFindInTheCacheOfAStreamWhatAnotherStreamFindsInTheCommonOne() {
        var first = new AtcConfig.FirstLevel(2, 4, Picoseconds.ofNanos(1));
        AtcConfig atc = new AtcConfig(2, 1, null, Picoseconds.ofNanos(69), null, null, first);
        rig = new EndpointRig(new EndpointConfig(null, null, null, null, atc)).enabled();
        rig.mapped();
        long filled = lookUpPs(0);

        long own = lookUpPs(0);
        long others = lookUpPs(1);
        long ownByNow = lookUpPs(1);

        assertTrue(filled > 70_000);
        assertEquals(1_000, own);
        assertEquals(70_000, others);
        assertEquals(1_000, ownByNow);
        assertEquals(1, rig.agent.translations.size());
    }

    /** Time from the access of a stream to its first packet to memory. */
    private long lookUpPs(int stream) {
        long startPs = rig.kernel.nowPs();
        int before = rig.sent(Tlp.MemoryRead.class).size();
        rig.submit(DmaRequest.of(PASID, VA, new byte[8]).stream(stream), false);
        rig.run();
        assertEquals(before + 1, rig.sent(Tlp.MemoryRead.class).size());
        int at = rig.sent.lastIndexOf(rig.sent(Tlp.MemoryRead.class).get(before));
        return rig.sentPs.get(at) - startPs;
    }

    @Test
    void shouldTakeTheLookUpTimeOnAHit() {
        rig.read(PASID, VA, 8);
        rig.run();
        int before = rig.sent.size();
        long startPs = rig.kernel.nowPs();
        long lookupPs = new AtcConfig().lookup().value();
        rig.read(PASID, VA, 8);

        rig.runFor(lookupPs - 1);
        assertEquals(before, rig.sent.size());
        rig.runFor(1);
        assertEquals(before + 1, rig.sent.size());
        assertEquals(startPs + lookupPs, rig.sentPs.get(before));
    }

    @Test
    void shouldMoveWholePages() {
        byte[] page = new byte[4096];
        for (int i = 0; i < page.length; i++) {
            page[i] = (byte) (i * 31);
        }
        rig.write(PASID, VA, page);
        rig.run();
        byte[] back = rig.read(PASID, VA, 4096);
        rig.run();

        assertArrayEquals(page, back);
        assertEquals(16, rig.sent(Tlp.MemoryWrite.class).size(), "Max_Payload_Size 256");
        assertEquals(8, rig.sent(Tlp.MemoryRead.class).size(), "Max_Read_Request_Size 512");
    }

    /** Outstanding translation whose access was given up. */
    private void abandoned() {
        pending();
        rig.function.dma().discard(PASID);
    }

    private void pending() {
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(A_WHILE_PS);
    }

    private void answerAll() {
        rig.agent.hold = false;
        rig.agent.translations.forEach(rig.agent::answer);
        rig.run();
    }

    @Test
    void shouldKeepAnAnswerThatNobodyWaitsForUnderTheNewPasidOfWhoeverAsked() {
        abandoned();
        rig.function.dma().reassign(PASID, PASID + 1);
        answerAll();

        rig.read(PASID + 1, VA, 8);
        rig.run();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertEquals(PA, rig.sent(Tlp.MemoryRead.class).get(0).address());
        assertEquals(1, rig.agent.translations.size(), "nothing was asked for the new PASID");
    }

    @Test
    void shouldKeepItUnderThePasidThatItWasAskedWithElse() {
        abandoned();
        answerAll();

        rig.read(PASID, VA, 8);
        rig.run();

        assertEquals(1, rig.agent.translations.size());
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** Invalidations go by the PASID under which an answer will be kept. */
    @Test
    void shouldForgetAReassignedAnswerWithItsNewPasid() {
        for (int told : new int[] {PASID, PASID + 1}) {
            rig = EndpointRig.ready();
            abandoned();
            rig.function.dma().reassign(PASID, PASID + 1);
            rig.agent.invalidate(0, told, VA, 12);
            rig.runFor(A_WHILE_PS);
            answerAll();

            assertEquals(told == PASID ? 1 : 0, cached());
        }
    }

    private int cached() {
        List<Long> pages = new ArrayList<>();
        rig.function.visitAtc((pasid, page, entry) -> pages.add(page));
        return pages.size();
    }

    @Test
    void shouldNotReassignWhatAnAccessWaitsFor() {
        pending();
        rig.function.dma().reassign(PASID, PASID + 1);
        answerAll();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(1, rig.agent.translations.size());
    }
}
