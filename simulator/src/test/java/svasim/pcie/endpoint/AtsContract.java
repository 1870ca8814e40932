package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RW;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** Translation Requests, their completions, and translated requests. */
interface AtsContract extends FunctionUnderTest {
    int PAGE = 4096;
    long ANSWER_PS = 3_000_000;

    /** Pages one after the other at VA, each to a frame of its own that is not beside the last. */
    private static void map(EndpointRig rig, int pages, long flags) {
        for (int i = 0; i < pages; i++) {
            rig.agent.map(PASID, VA + (long) i * PAGE, PA + 3L * i * PAGE, 12, flags);
        }
    }

    private static List<AddressType> ways(EndpointRig rig) {
        return rig.sent(Tlp.MemoryRead.class).stream().map(Tlp.MemoryRead::addressType).toList();
    }

    /** 10.2.2: a request is for a page, and reads say that they will not write (NW). */
    @Test
    default void shouldAskForAPageWithNoWriteSetByReadsOnly() {
        EndpointRig rig = ready();
        map(rig, 2, RW);
        rig.read(PASID, VA + 0x123, 8);
        rig.write(PASID, VA + PAGE + 0x456, (byte) 1);
        rig.run();

        List<Tlp.TranslationRequest> asked = rig.sent(Tlp.TranslationRequest.class);
        assertEquals(
                List.of(VA, VA + PAGE),
                asked.stream().map(Tlp.TranslationRequest::address).toList());
        assertEquals(1, asked.get(0).entries());
        assertEquals(
                List.of(true, false), asked.stream().map(Tlp.TranslationRequest::noWrite).toList());
    }

    /** 10.2.2: what only a writer needs is not asked for by readers, so writers ask again. */
    @Test
    default void shouldAskWithoutNoWriteWhenTheEntryForbidsWrites() {
        EndpointRig rig = ready();
        map(rig, 1, TranslationEntry.READ);
        rig.read(PASID, VA, 8);
        rig.run();
        map(rig, 1, RW);
        rig.write(PASID, VA, (byte) 1);
        rig.run();

        List<Boolean> noWrite =
                rig.sent(Tlp.TranslationRequest.class).stream()
                        .map(Tlp.TranslationRequest::noWrite)
                        .toList();
        assertEquals(List.of(true, false), noWrite);
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** 10.2.2: Length is two words for each page that is asked for. */
    @Test
    default void shouldAskForPagesAheadInOneRequest() {
        EndpointRig rig = ready(FunctionUnderTest.with(FunctionUnderTest.ahead(7)));
        map(rig, 8, RW);
        rig.read(PASID, VA, 8);
        rig.run();

        assertEquals(8, FunctionUnderTest.last(rig, Tlp.TranslationRequest.class).entries());
        assertTrue(rig.hex(0).startsWith("91012345 20000410"), "16 words: " + rig.hex(0));
    }

    /** 10.2.3: each entry of a completion is for the range behind that of the entry before. */
    @ParameterizedTest
    @CsvSource({"12, 8", "13, 4", "14, 2", "15, 1"})
    default void shouldUseEachEntryForTheRangeBehindTheOneBefore(int shift, int entries) {
        EndpointRig rig = ready(FunctionUnderTest.with(FunctionUnderTest.ahead(7)));
        rig.agent.hold = true;
        long start = VA & -1L << 15;
        rig.read(PASID, start, 8);
        rig.runFor(ANSWER_PS);
        ByteBuffer data = ByteBuffer.allocate(8 * entries);
        for (int i = 0; i < entries; i++) {
            data.putLong(TranslationEntry.range(PA + (5L * i << 15) & -1L << shift, shift) | RW);
        }
        rig.agent.complete(rig.agent.translations.get(0), data.capacity(), data.array());
        rig.run();
        for (long page = start; page < start + (entries << shift); page += PAGE) {
            rig.read(PASID, page, 8);
        }
        rig.run();

        assertEquals(1, rig.sent(Tlp.TranslationRequest.class).size());
        rig.sent(Tlp.MemoryRead.class).stream()
                .skip(1)
                .forEach(read -> assertEquals(AddressType.TRANSLATED, read.addressType()));
        assertEquals(
                (PA + (5L * (entries - 1) << 15) & -1L << shift) + (1L << shift) - PAGE,
                FunctionUnderTest.last(rig, Tlp.MemoryRead.class).address());
    }

    /** 10.2.3: a completion may hold fewer entries than were asked for; the rest is asked anew. */
    @Test
    default void shouldAskAnewForPagesThatTheAnswerLeavesOut() {
        EndpointRig rig = ready(FunctionUnderTest.with(FunctionUnderTest.ahead(3)));
        map(rig, 4, RW);
        rig.agent.mostEntries = 2;
        rig.read(PASID, VA, 8);
        rig.read(PASID, VA + 2 * PAGE, 8);
        rig.run();

        List<Long> asked =
                rig.sent(Tlp.TranslationRequest.class).stream()
                        .map(Tlp.TranslationRequest::address)
                        .toList();
        assertEquals(List.of(VA, VA + 2 * PAGE), asked);
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** 10.2.3: an answer may come in two completions, the byte count says so. */
    @Test
    default void shouldWaitForTheSecondCompletionOfARequest() {
        EndpointRig rig = ready(FunctionUnderTest.with(FunctionUnderTest.ahead(1)));
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.read(PASID, VA + PAGE, 8);
        rig.runFor(ANSWER_PS);
        Tlp.TranslationRequest request = rig.agent.translations.get(0);
        rig.agent.complete(request, 16, ByteBuffer.allocate(8).putLong(PA | RW).array());
        rig.runFor(ANSWER_PS);
        assertEquals(0, rig.outcomes.size());
        rig.agent.complete(request, 8, ByteBuffer.allocate(8).putLong(PA + PAGE | RW).array());
        rig.run();

        assertEquals(2, rig.outcomes.size());
        assertEquals(PA + PAGE, FunctionUnderTest.last(rig, Tlp.MemoryRead.class).address());
    }

    /** 10.2.3: entries are all of one size; what follows an entry of another one is not used. */
    @Test
    default void shouldNotUseEntriesBehindOneOfAnotherSize() {
        EndpointRig rig = ready(FunctionUnderTest.with(FunctionUnderTest.ahead(1)));
        rig.agent.map(PASID, VA + PAGE & -1L << 21, 0x4000_0000L, 21, RW);
        rig.mapped().read(PASID, VA, 8);
        rig.run().read(PASID, VA + PAGE, 8);
        rig.run();

        assertEquals(2, rig.sent(Tlp.TranslationRequest.class).size());
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** 10.2.3: nothing that was asked for ahead and is absent makes a Page Request. */
    @Test
    default void shouldNotAskTheHostForAPageThatNobodyNeeds() {
        EndpointRig rig = ready(FunctionUnderTest.with(FunctionUnderTest.ahead(3)));
        rig.read(PASID, VA, 8);
        rig.run();

        assertEquals(0, rig.agent.pages.size());
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** 10.2.3.2: S and the lowest zero of the address give the size. */
    @ParameterizedTest
    @CsvSource({"12", "13", "16", "21", "30"})
    default void shouldUseOneEntryForItsWholeRange(int shift) {
        EndpointRig rig = ready();
        long start = VA & -1L << shift;
        rig.agent.hold = true;
        rig.read(PASID, start, 8);
        rig.runFor(ANSWER_PS);
        long entry = TranslationEntry.range(1L << 34, shift) | RW;
        rig.agent.complete(
                rig.agent.translations.get(0), 8, ByteBuffer.allocate(8).putLong(entry).array());
        rig.run();
        long last = start + (1L << shift) - 8;
        rig.read(PASID, last, 8);
        rig.run();

        assertEquals(1, rig.sent(Tlp.TranslationRequest.class).size());
        assertEquals(
                (1L << 34) + (1L << shift) - 8,
                FunctionUnderTest.last(rig, Tlp.MemoryRead.class).address());
    }

    /** 10.2.3.3: N makes the function set No Snoop in translated requests. */
    @Test
    default void shouldNotSnoopWhereTheEntrySaysNonSnooped() {
        EndpointRig rig = ready();
        map(rig, 1, RW | TranslationEntry.NON_SNOOPED);
        rig.read(PASID, VA, 8);
        rig.run();

        assertTrue(FunctionUnderTest.last(rig, Tlp.MemoryRead.class).attributes().noSnoop());
    }

    /** 10.2.3.4: U permits untranslated requests only, which carry the PASID. */
    @Test
    default void shouldStayUntranslatedWhereTheEntrySaysSo() {
        EndpointRig rig = ready();
        map(rig, 1, RW | TranslationEntry.UNTRANSLATED_ONLY);
        rig.read(PASID, VA, 8);
        rig.run();

        Tlp.MemoryRead read = FunctionUnderTest.last(rig, Tlp.MemoryRead.class);
        assertEquals(AddressType.UNTRANSLATED, read.addressType());
        assertEquals(VA, read.address());
        assertEquals(PASID, read.pasid().pasid());
    }

    /** 10.2.3.5: R = W = 0 with success is no translation, and is not kept. */
    @Test
    default void shouldAskAgainForAPageThatWasAbsent() {
        EndpointRig rig = rig(new EndpointConfig()).pasid(true).ats(true);
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.NO_TRANSLATION, rig.lastStatus());
        rig.mapped().read(PASID, VA, 8);
        rig.run();

        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** 10.2.3.6 and 7: Exe and Priv hold for the privilege and the purpose of the request. */
    @Test
    default void shouldUseAnEntryOnlyForThePrivilegeThatAskedForIt() {
        EndpointRig rig =
                ready(
                        new EndpointConfig(
                                new EndpointConfig.Pasid(true, 20, true, true),
                                null,
                                null,
                                null,
                                null));
        map(rig, 1, RW | TranslationEntry.EXECUTE);
        for (PasidPrefix prefix :
                List.of(
                        new PasidPrefix(PASID),
                        new PasidPrefix(PASID, true, false),
                        new PasidPrefix(PASID, true, false))) {
            rig.submit(new DmaRequest(prefix, VA, new byte[8], 0, 8, OnFault.BLOCK, 0), false);
            rig.run();
        }

        List<Boolean> privileged =
                rig.sent(Tlp.TranslationRequest.class).stream()
                        .map(request -> request.pasid().privileged())
                        .toList();
        assertEquals(List.of(false, true), privileged);
    }

    /** 10.2.3: UR means that the service is not there: none is asked until ATS is enabled anew. */
    @Test
    default void shouldStopAskingAfterUnsupportedRequestUntilEnabledAnew() {
        EndpointRig rig = ready();
        rig.agent.status = CompletionStatus.UNSUPPORTED_REQUEST;
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.UNSUPPORTED_REQUEST, rig.lastStatus());
        rig.agent.status = CompletionStatus.SUCCESS;
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(1, rig.sent(Tlp.TranslationRequest.class).size());
        rig.ats(false).ats(true).read(PASID, VA, 8);
        rig.run();

        assertEquals(2, rig.sent(Tlp.TranslationRequest.class).size());
        assertEquals(List.of(AddressType.UNTRANSLATED, AddressType.TRANSLATED), ways(rig));
    }

    /** 10.2.3: CA fails this request only, and makes no Page Request. */
    @Test
    default void shouldFailOnlyTheRequestThatIsAborted() {
        EndpointRig rig = ready();
        rig.agent.status = CompletionStatus.COMPLETER_ABORT;
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.COMPLETER_ABORT, rig.lastStatus());
        assertEquals(0, rig.agent.pages.size());
        rig.agent.status = CompletionStatus.SUCCESS;
        rig.read(PASID, VA, 8);
        rig.run();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertEquals(2, rig.sent(Tlp.TranslationRequest.class).size());
    }

    /** 2.3.2: a retry status answers configuration requests only; the request then times out. */
    @Test
    default void shouldTakeARetryForMalformed() {
        EndpointRig rig = ready();
        rig.agent.status = CompletionStatus.REQUEST_RETRY;
        rig.read(PASID, VA, 8);
        rig.run();

        assertEquals(DmaStatus.TIMEOUT, rig.lastStatus());
    }

    /** 10.2.4: a translated request has the physical address, and no PASID. */
    @Test
    default void shouldSendNoPasidWithTranslatedRequests() {
        EndpointRig rig = ready();
        rig.read(PASID, VA + 16, 8);
        rig.run();

        Tlp.MemoryRead read = FunctionUnderTest.last(rig, Tlp.MemoryRead.class);
        assertEquals(AddressType.TRANSLATED, read.addressType());
        assertEquals(PA + 16, read.address());
        assertNull(read.pasid());
    }

    /** 10.5.1.3: with Enable at 0 nothing translated leaves, though a translation is at hand. */
    @Test
    default void shouldSendNothingTranslatedWhileAtsIsOff() {
        EndpointRig rig = ready();
        rig.read(PASID, VA, 8);
        rig.run().ats(false).read(PASID, VA, 8);
        rig.run();

        assertEquals(List.of(AddressType.TRANSLATED, AddressType.UNTRANSLATED), ways(rig));
    }

    /** 10.5.1.3: that holds for the rest of an access, too, whose first packets are sent. */
    @Test
    default void shouldSendTheRestOfAnAccessUntranslatedWhenAtsGoesOff() {
        var limits = new EndpointConfig.Limits(null, null, 1, null, null, null, null, null, null);
        EndpointRig rig = ready(new EndpointConfig(null, null, null, limits, null));
        rig.read(PASID, VA, PAGE);
        while (rig.sent(Tlp.MemoryRead.class).size() < 2) {
            rig.runFor(1000);
        }
        rig.ats(false).run();

        assertEquals(AddressType.TRANSLATED, ways(rig).get(1));
        assertEquals(
                List.of(AddressType.UNTRANSLATED), ways(rig).stream().skip(2).distinct().toList());
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** 10.3.7: what the ATC holds does not outlive Enable going from 0 to 1. */
    @Test
    default void shouldForgetEverythingWhenAtsIsEnabledAnew() {
        EndpointRig rig = ready();
        rig.read(PASID, VA, 8);
        rig.run().ats(false).ats(true).read(PASID, VA, 8);
        rig.run();

        assertEquals(2, rig.sent(Tlp.TranslationRequest.class).size());
    }

    /** 10.3.7: nor a function level reset, after which ATS is off. */
    @Test
    default void shouldForgetEverythingInAReset() {
        EndpointRig rig = ready();
        rig.read(PASID, VA, 8);
        rig.run().function.reset();
        rig.enabled().read(PASID, VA, 8);
        rig.run();

        assertEquals(2, rig.sent(Tlp.TranslationRequest.class).size());
    }

    /** 10.5.1.3: the smallest translation unit is fixed while Enable is 1. */
    @Test
    default void shouldKeepTheUnitWhileAtsIsEnabled() {
        EndpointRig rig = ready();
        rig.control(AtsCapability.ID, AtsCapability.CONTROL, AtsCapability.ENABLE | 4);
        var space = rig.function.configuration();
        int control = space.findExtended(AtsCapability.ID) + AtsCapability.CONTROL;

        assertEquals(0, space.read(control, 2) & AtsCapability.STU_MASK);
    }
}
