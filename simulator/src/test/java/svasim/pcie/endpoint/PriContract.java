package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RW;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.pcie.config.PriCapability;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.units.Picoseconds;

/** Page Requests, PRG Responses, and the registers of the interface. */
interface PriContract extends FunctionUnderTest {
    int SUCCESS = Tlp.PageGroupResponse.SUCCESS;
    int INVALID = Tlp.PageGroupResponse.INVALID_REQUEST;
    Picoseconds GATHER = Picoseconds.ofNanos(20_000);
    int FAILURE = Tlp.PageGroupResponse.RESPONSE_FAILURE;

    /** Enabled, with nothing mapped, in groups of so many pages. */
    private EndpointRig asking(int group) {
        return rig(FunctionUnderTest.with(pri(null, null, group))).enabled();
    }

    private static EndpointConfig.Pri pri(Integer capacity, Boolean pasid, int group) {
        return new EndpointConfig.Pri(null, capacity, pasid, null, group, GATHER, null, null);
    }

    private static void faults(EndpointRig rig, int pages) {
        for (int page = 0; page < pages; page++) {
            rig.read(PASID, VA + page * 4096L, 8);
        }
        rig.run();
    }

    private static List<Integer> indexes(EndpointRig rig) {
        return rig.agent.pages.stream().map(Tlp.PageRequest::prgIndex).toList();
    }

    private static List<Boolean> lasts(EndpointRig rig) {
        return rig.agent.pages.stream().map(Tlp.PageRequest::last).toList();
    }

    private static boolean stopped(EndpointRig rig) {
        return (rig.priStatus() & PriCapability.STOPPED) != 0;
    }

    private static void resetInterface(EndpointRig rig) {
        rig.pri(false);
        rig.control(PriCapability.ID, PriCapability.CONTROL, PriCapability.RESET);
        rig.control(PriCapability.ID, PriCapability.STATUS, rig.priStatus() & 3);
        rig.pri(true);
    }

    /** 10.4.1: R and W say what is wanted, the prefix for whom. */
    @Test
    default void shouldSayWhatItWantsThePageFor() {
        EndpointRig rig = asking(1);
        rig.read(PASID, VA + 5, 8);
        rig.write(PASID, VA + 4096, (byte) 1);
        rig.run();

        Tlp.PageRequest read = rig.agent.pages.get(0);
        assertEquals(VA, read.pageAddress());
        assertTrue(read.read() && !read.write() && read.last());
        assertEquals(PASID, read.pasid().pasid());
        assertTrue(rig.agent.pages.get(1).write());
    }

    /** 10.4.1: without PASID a request has no prefix. */
    @Test
    default void shouldAskWithoutPrefixWhereTheAccessHasNone() {
        EndpointRig rig = asking(1);
        rig.read(PasidPrefix.NONE, VA, 8);
        rig.run();

        assertNull(rig.agent.pages.get(0).pasid());
    }

    /** 10.4.1: the requests of a group have one index, and only the last one says L. */
    @Test
    default void shouldMarkTheLastOfAGroupAndOnlyThat() {
        EndpointRig rig = asking(3);
        faults(rig, 7);

        assertEquals(List.of(0, 0, 0, 1, 1, 1, 2), indexes(rig));
        assertEquals(List.of(false, false, true, false, false, true, true), lasts(rig));
    }

    /** 10.4.1: a group is of one address space. */
    @Test
    default void shouldKeepPasidsInGroupsOfTheirOwn() {
        EndpointRig rig = asking(4);
        rig.read(PASID, VA, 8);
        rig.read(7, VA, 8);
        rig.run();

        assertEquals(List.of(0, 1), indexes(rig));
    }

    /** 10.4.1: nine bits of index: 512 groups, each free again when it is answered. */
    @Test
    default void shouldGoThroughAllIndexesAndBeginAnew() {
        EndpointRig rig = asking(1);
        for (int fault = 0; fault < 514; fault++) {
            rig.read(PASID, VA, 8);
            rig.run();
            rig.agent.respond(fault % 512, INVALID, PASID);
            rig.run();
        }

        assertEquals(IntStream.range(0, 514).mapToObj(i -> i % 512).toList(), indexes(rig));
        assertEquals(0, rig.priStatus() & 3);
    }

    /** 10.4.2: success brings no translation; the function asks for it again. */
    @Test
    default void shouldTranslateAnewAfterSuccess() {
        EndpointRig rig = asking(1);
        faults(rig, 1);
        rig.mapped().agent.respond(0, SUCCESS, PASID);
        rig.run();

        assertEquals(2, rig.agent.translations.size());
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** 10.4.2: an invalid request fails the accesses of the group, and nothing else. */
    @Test
    default void shouldFailTheGroupOnInvalidRequest() {
        EndpointRig rig = asking(2);
        faults(rig, 4);
        rig.agent.respond(0, INVALID, PASID);
        rig.run();

        assertEquals(
                List.of(DmaStatus.INVALID_REQUEST, DmaStatus.INVALID_REQUEST),
                rig.outcomes.stream().map(EndpointRig.Outcome::status).toList());
        assertEquals(0, rig.priStatus() & 3);
    }

    /** 10.4.2 and 10.5.2.3: every other code is a failure: RF, and the interface stops. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9, 0xE, 0xF})
    default void shouldStopOnEveryOtherCode(int code) {
        EndpointRig rig = asking(1);
        faults(rig, 2);
        rig.agent.respond(0, code, PASID);
        rig.run();
        faults(rig, 1);

        assertEquals(PriCapability.RESPONSE_FAILURE, rig.priStatus() & 3);
        assertEquals(2, rig.agent.pages.size(), "sends no more");
        assertEquals(3, rig.outcomes.size(), "and nobody waits");
    }

    /** 10.4.2: what comes after a failure is ignored, until software has reset the interface. */
    @Test
    default void shouldIgnoreAnswersUntilTheInterfaceIsReset() {
        EndpointRig rig = asking(1);
        faults(rig, 2);
        rig.agent.respond(0, FAILURE, PASID);
        rig.agent.respond(1, SUCCESS, PASID);
        rig.run();
        assertEquals(1, rig.agent.translations.stream().filter(t -> t.address() != VA).count());
        resetInterface(rig);
        faults(rig, 1);

        assertEquals(0, rig.priStatus() & 3);
        assertEquals(3, rig.agent.pages.size());
    }

    /** 10.4.2: of a group that was gathering, nothing more is sent after a failure. */
    @Test
    default void shouldSendNoLastRequestAfterAFailure() {
        EndpointRig rig = asking(3);
        faults(rig, 3);
        rig.read(PASID, VA + 9 * 4096, 8);
        rig.read(PASID, VA + 10 * 4096, 8);
        rig.runFor(1_000_000);
        int before = rig.agent.pages.size();
        rig.agent.respond(0, FAILURE, PASID);
        rig.run();

        assertEquals(before, rig.agent.pages.size());
        assertEquals(5, rig.outcomes.size());
    }

    /** 10.5.2.3: an answer to no group sets UPRGI. */
    @Test
    default void shouldNoteAnAnswerToNoGroup() {
        EndpointRig rig = asking(1);
        rig.agent.respond(3, SUCCESS, PASID);
        rig.run();

        assertEquals(PriCapability.UNEXPECTED_GROUP, rig.priStatus() & 3);
    }

    /** 10.5.2.3: the PASID of an answer is that of the group, if the function requires one. */
    @ParameterizedTest
    @CsvSource({"true, 74565, true", "true, -1, false", "true, 7, false", "false, -1, true"})
    default void shouldLookAtThePasidOfAnAnswerIfItRequiresOne(
            boolean required, int pasid, boolean taken) {
        EndpointRig rig = rig(FunctionUnderTest.with(pri(null, required, 1))).enabled();
        faults(rig, 1);
        rig.mapped().agent.respond(0, SUCCESS, pasid < 0 ? PasidPrefix.NONE : pasid);
        rig.run();

        assertEquals(taken ? 0 : PriCapability.UNEXPECTED_GROUP, rig.priStatus() & 3);
        assertEquals(required, (rig.priStatus() & PriCapability.RESPONSE_PASID_REQUIRED) != 0);
    }

    /** 10.5.2.5: a request, not a group, costs one of the allocation; a group gives all back. */
    @Test
    default void shouldSpendItsAllocationByRequests() {
        EndpointRig rig = asking(2).pri(false);
        rig.allocation(4);
        rig.control(PriCapability.ID, PriCapability.CONTROL, PriCapability.ENABLE);
        faults(rig, 6);
        assertEquals(4, rig.agent.pages.size());
        rig.agent.respond(0, INVALID, PASID);
        rig.run();

        assertEquals(6, rig.agent.pages.size());
    }

    /** 10.5.2.4 and 5: what is allocated beyond the capacity is not used. */
    @Test
    default void shouldNeverExceedItsCapacity() {
        EndpointRig rig = rig(FunctionUnderTest.with(pri(3, null, 1))).enabled();
        faults(rig, 6);

        assertEquals(3, rig.agent.pages.size());
    }

    /** 10.5.2.5: the allocation is fixed while Enable is 1. */
    @Test
    default void shouldNotChangeItsAllocationWhileEnabled() {
        EndpointRig rig = asking(1);
        rig.allocation(1);
        faults(rig, 3);

        assertEquals(3, rig.agent.pages.size());
    }

    /** 10.4.1.2: a Stop Marker has a prefix, L alone, costs nothing and gets no answer. */
    @Test
    default void shouldSendStopMarkersBeyondItsAllocation() {
        EndpointRig rig = asking(1).pri(false);
        rig.allocation(1);
        rig.control(PriCapability.ID, PriCapability.CONTROL, PriCapability.ENABLE);
        faults(rig, 1);
        rig.function.dma().stopMarker(PASID);
        rig.run();

        Tlp.PageRequest marker = rig.agent.pages.get(1);
        assertTrue(marker.stopMarker());
        assertEquals(PASID, marker.pasid().pasid());
        rig.agent.respond(0, INVALID, PASID);
        rig.run().pri(false);
        assertTrue(stopped(rig), "nobody waits for an answer to it");
    }

    /** 10.4.1: requests are ahead of an Invalidate Completion that was sent behind them. */
    @Test
    default void shouldNotLetAnInvalidateCompletionPassAPageRequest() {
        EndpointRig rig = asking(1);
        faults(rig, 1);
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.run();

        int asked = rig.sent.indexOf(rig.agent.pages.get(0));
        assertTrue(asked < rig.sent.indexOf(rig.agent.invalidated.get(0)));
    }

    /** 10.5.2.2: disabled, it asks no more, and has stopped when the last answer is there. */
    @Test
    default void shouldBeStoppedWhenItIsDisabledAndAnswered() {
        EndpointRig rig = asking(1);
        faults(rig, 2);
        rig.pri(false);
        faults(rig, 1);
        assertEquals(2, rig.agent.pages.size());
        assertEquals(false, stopped(rig));
        rig.agent.respond(0, SUCCESS, PASID);
        rig.run();
        assertEquals(false, stopped(rig));
        rig.agent.respond(1, SUCCESS, PASID);
        rig.run();

        assertEquals(true, stopped(rig));
    }

    /** 10.5.2.2: a group of which requests are out is completed first: only L brings the answer. */
    @Test
    default void shouldCompleteABegunGroupWhenItIsDisabled() {
        EndpointRig rig = asking(4);
        rig.read(PASID, VA, 8);
        rig.read(PASID, VA + 4096, 8);
        while (rig.agent.pages.isEmpty()) {
            rig.runFor(1_000);
        }
        rig.pri(false).run();

        assertEquals(List.of(false, true), lasts(rig));
    }

    /** 10.5.2.2: one of which nothing is out yet is never sent. */
    @Test
    default void shouldDropAGroupThatWasNotSentWhenItIsDisabled() {
        EndpointRig rig = asking(4);
        rig.read(PASID, VA, 8);
        rig.runFor(1_000_000);
        rig.pri(false).run();

        assertEquals(0, rig.agent.pages.size());
        assertEquals(true, stopped(rig));
        assertEquals(DmaStatus.NO_TRANSLATION, rig.lastStatus());
    }

    /** 10.5.2.2: Reset drops everything pending and gives the allocation back. */
    @Test
    default void shouldDropEverythingInAResetOfTheInterface() {
        EndpointRig rig = asking(1);
        faults(rig, 32);
        resetInterface(rig);
        faults(rig, 1);

        assertEquals(33, rig.agent.pages.size());
    }

    /** 10.5.2.2: Reset does nothing while Enable is 1. */
    @Test
    default void shouldIgnoreResetWhileEnabled() {
        EndpointRig rig = asking(1);
        faults(rig, 1);
        rig.control(
                PriCapability.ID,
                PriCapability.CONTROL,
                PriCapability.ENABLE | PriCapability.RESET);
        rig.mapped().agent.respond(0, SUCCESS, PASID);
        rig.run();

        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    /** 6.6.2: after a function level reset nothing of it is outstanding. */
    @Test
    default void shouldHaveNothingOutstandingAfterAFunctionLevelReset() {
        EndpointRig rig = asking(1);
        faults(rig, 3);
        rig.function.reset();
        rig.run().enabled();
        rig.pri(false);

        assertEquals(true, stopped(rig));
        assertEquals(DmaStatus.DISCARDED, rig.lastStatus());
    }

    /** 10.4: page requests need ATS, and ATS does not need them. */
    @Test
    default void shouldReportWhatItCannotAskFor() {
        EndpointRig rig = rig(new EndpointConfig()).pasid(true).ats(true);
        faults(rig, 1);

        assertEquals(DmaStatus.NO_TRANSLATION, rig.lastStatus());
        rig.agent.map(PASID, VA, PA, 12, RW);
        faults(rig, 1);
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }
}
