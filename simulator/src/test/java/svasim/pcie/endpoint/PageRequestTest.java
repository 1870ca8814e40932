package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RW;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.pcie.config.PriCapability;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpSize;

/** How a function asks for pages. */
class PageRequestTest {
    private static final int SUCCESS = Tlp.PageGroupResponse.SUCCESS;
    private static final int INVALID = Tlp.PageGroupResponse.INVALID_REQUEST;
    private static final int FAILURE = Tlp.PageGroupResponse.RESPONSE_FAILURE;

    private final EndpointRig rig = new EndpointRig(new EndpointConfig()).enabled();

    private void fault() {
        rig.read(PASID, VA, 8);
        rig.run();
    }

    @Test
    void shouldGoThroughAPageFaultPacketByPacket() {
        byte[] data = new byte[64];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        for (int i = 0; i < 0x15; i++) {
            skipGroupIndex();
        }
        int first = rig.sent.size();
        rig.write(PASID, VA, data);
        rig.run();
        rig.agent.map(PASID, VA, PA, 12, RW);
        rig.agent.respond(0x15, SUCCESS, PASID);
        rig.run();
        rig.agent.invalidate(1, PASID, VA, 12);
        rig.run();

        // Tag 0 is the lowest that is free, both times.
        assertEquals("91012345 20000402 3b0100ff 00007f12 34568000", rig.hex(first));
        assertEquals("4a000002 00080008 3b010000 00000000 00000000", rig.hex(first + 1));
        assertEquals("91012345 30000000 3b010004 00007f12 345680af", rig.hex(first + 2));
        assertEquals("91012345 32000000 00080005 3b010015 00000000", rig.hex(first + 3));
        assertEquals("91012345 20000402 3b0100ff 00007f12 34568000", rig.hex(first + 4));
        assertEquals("4a000002 00080008 3b010000 00000003 45679003", rig.hex(first + 5));
        assertTrue(rig.hex(first + 6).startsWith("60000810 3b0100ff 00000003 45679000 00010203"));
        assertEquals(
                "91012345 72000002 00080101 3b010000 00000000 00007f12 34568000",
                rig.hex(first + 7));
        assertEquals("32000000 3b010002 00080001 00000002", rig.hex(first + 8));
        assertEquals(196, wireBytes(first, 0, 2, 4, 6, 8), "up");
        assertEquals(120, wireBytes(first, 1, 3, 5, 7), "down");
    }

    /** Lets a read fault and fail, which uses up one index. */
    private void skipGroupIndex() {
        rig.read(PASID, VA, 8);
        rig.run();
        Tlp.PageRequest asked = rig.agent.pages.get(rig.agent.pages.size() - 1);
        rig.agent.respond(asked.prgIndex(), INVALID, PASID);
        rig.run();
    }

    private int wireBytes(int first, int... packets) {
        int sum = 0;
        for (int packet : packets) {
            sum += TlpSize.wireBytes(rig.sent.get(first + packet));
        }
        return sum;
    }

    @Test
    void shouldTryAgainWhenThePageIsThere() {
        fault();
        assertEquals(0, rig.outcomes.size());

        rig.agent.map(PASID, VA, PA, 12, RW);
        rig.agent.respond(0, SUCCESS, PASID);
        rig.run();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertEquals(2, rig.agent.translations.size());
    }

    @Test
    void shouldAskAgainWhenThePageIsGoneAgain() {
        fault();
        rig.agent.respond(0, SUCCESS, PASID);
        rig.run();

        assertEquals(2, rig.agent.pages.size());
        assertEquals(1, rig.agent.pages.get(1).prgIndex(), "indexes go round");
    }

    @Test
    void shouldFailTheAccessOnInvalidRequest() {
        fault();
        rig.agent.respond(0, INVALID, PASID);
        rig.run();

        assertEquals(DmaStatus.INVALID_REQUEST, rig.lastStatus());
        assertEquals(VA, rig.outcomes.get(0).faultAddress());
        fault();
        assertEquals(2, rig.agent.pages.size(), "the interface goes on");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2, 0x7, 0xE, 0xF})
    void shouldStopTheInterfaceOnEveryOtherCode(int code) {
        rig.read(PASID, VA, 8);
        rig.read(PASID, VA + 4096, 8);
        rig.run();
        rig.agent.respond(0, code, PASID);
        rig.run();

        assertEquals(2, rig.outcomes.size(), "whoever waits fails");
        assertEquals(DmaStatus.RESPONSE_FAILURE, rig.outcomes.get(0).status());
        assertEquals(PriCapability.RESPONSE_FAILURE, rig.priStatus() & 3);
        fault();
        assertEquals(DmaStatus.NO_TRANSLATION, rig.lastStatus(), "sends no more");
        assertEquals(2, rig.agent.pages.size());
    }

    @Test
    void shouldWorkAgainAfterAResetOfTheInterface() {
        fault();
        rig.agent.respond(0, FAILURE, PASID);
        rig.run();
        rig.pri(false);
        rig.control(PriCapability.ID, PriCapability.CONTROL, PriCapability.RESET);
        rig.control(PriCapability.ID, PriCapability.STATUS, 3);
        rig.pri(true);
        fault();

        assertEquals(2, rig.agent.pages.size());
    }

    @Test
    void shouldNoteAnAnswerToNoGroup() {
        rig.agent.respond(17, SUCCESS, PASID);
        rig.run();

        assertEquals(PriCapability.UNEXPECTED_GROUP, rig.priStatus() & 3);
    }

    @Test
    void shouldNotTakeAnAnswerWithoutThePasidThatItNeeds() {
        fault();
        rig.agent.respond(0, SUCCESS, PasidPrefix.NONE);
        rig.run();

        assertEquals(PriCapability.UNEXPECTED_GROUP, rig.priStatus() & 3);
        assertEquals(DmaStatus.RESPONSE_FAILURE, rig.lastStatus());
    }

    @Test
    void shouldTakeAFailureWithoutPasid() {
        fault();
        rig.agent.respond(0, FAILURE, PasidPrefix.NONE);
        rig.run();

        assertEquals(PriCapability.RESPONSE_FAILURE, rig.priStatus() & 3);
    }

    @Test
    void shouldTakeAnyAnswerWhereNoPasidIsNeeded() {
        var pri = new EndpointConfig.Pri(null, null, false, null, null, null, null, null);
        EndpointRig plain =
                new EndpointRig(new EndpointConfig(null, null, pri, null, null)).enabled();
        plain.read(PASID, VA, 8);
        plain.run();
        plain.mapped().agent.respond(0, SUCCESS, PasidPrefix.NONE);
        plain.run();

        assertEquals(DmaStatus.OK, plain.lastStatus());
    }

    /** Two reads of a function with a bug. */
    private EndpointRig askingTwice(PriBug bug, int capacity) {
        var pri = new EndpointConfig.Pri(null, capacity, null, null, null, null, null, bug);
        EndpointRig wrong =
                new EndpointRig(new EndpointConfig(null, null, pri, null, null)).enabled();
        wrong.read(PASID, VA, 8);
        wrong.read(PASID, VA + 4096, 8);
        wrong.run();
        return wrong;
    }

    @Test
    void shouldAskBeyondItsAllocationWithThatBug() {
        assertEquals(1, askingTwice(PriBug.NONE, 1).agent.pages.size());
        assertEquals(2, askingTwice(PriBug.EXCEEDS_ALLOCATION, 1).agent.pages.size());
    }

    @Test
    void shouldGiveOpenGroupsOneIndexWithThatBug() {
        var pages = askingTwice(PriBug.ONE_INDEX, 2).agent.pages;

        assertEquals(2, pages.size());
        assertEquals(pages.get(0).prgIndex(), pages.get(1).prgIndex());
    }

    @Test
    void shouldKeepToItsAllocation() {
        rig.pri(false);
        rig.pri(true);
        rig.control(PriCapability.ID, PriCapability.CONTROL, 0);
        rig.allocation(2);
        rig.control(PriCapability.ID, PriCapability.CONTROL, PriCapability.ENABLE);
        for (int page = 0; page < 4; page++) {
            rig.read(PASID, VA + page * 4096, 8);
        }
        rig.run();
        assertEquals(2, rig.agent.pages.size());

        rig.agent.respond(0, INVALID, PASID);
        rig.run();
        assertEquals(3, rig.agent.pages.size());
        assertEquals(VA + 2 * 4096, rig.agent.pages.get(2).pageAddress());
    }

    @Test
    void shouldSendStopMarkersWithoutAllocation() {
        rig.control(PriCapability.ID, PriCapability.CONTROL, 0);
        rig.allocation(0);
        rig.control(PriCapability.ID, PriCapability.CONTROL, PriCapability.ENABLE);
        rig.function.dma().stopMarker(PASID);
        rig.run();

        assertTrue(rig.agent.pages.get(0).stopMarker());
        assertEquals(PASID, rig.agent.pages.get(0).pasid().pasid());
    }

    @Test
    void shouldAskOnceForOnePage() {
        rig.read(PASID, VA, 8);
        rig.read(PASID, VA + 64, 8);
        rig.read(PASID, VA + 4096, 8);
        rig.run();

        assertEquals(2, rig.agent.pages.size());
        assertNotEquals(rig.agent.pages.get(0).prgIndex(), rig.agent.pages.get(1).prgIndex());
        rig.mapped().agent.respond(0, SUCCESS, PASID);
        rig.run();
        assertEquals(2, rig.outcomes.size());
    }

    @Test
    void shouldAskForWritingOnlyWhenItWrites() {
        rig.read(PASID, VA, 8);
        rig.write(PASID, VA + 4096, (byte) 1);
        rig.run();

        assertEquals(
                List.of(false, true),
                rig.agent.pages.stream().map(Tlp.PageRequest::write).toList());
    }

    @Test
    void shouldReportInsteadOfBlockingWhenToldSo() {
        DmaRequest request = DmaRequest.of(PASID, VA, new byte[8]).onFault(OnFault.REPORT);
        rig.submit(request, false);
        rig.run();

        assertEquals(DmaStatus.NO_TRANSLATION, rig.lastStatus());
        assertEquals(List.of(), rig.agent.pages);
    }

    @Test
    void shouldBeStoppedOnlyWhenEveryGroupIsAnswered() {
        assertEquals(0, rig.priStatus() & PriCapability.STOPPED);
        fault();
        rig.control(PriCapability.ID, PriCapability.CONTROL, 0);
        assertEquals(0, rig.priStatus() & PriCapability.STOPPED);

        rig.mapped().agent.respond(0, SUCCESS, PASID);
        rig.run();
        assertEquals(PriCapability.STOPPED, rig.priStatus() & PriCapability.STOPPED);
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    @Test
    void shouldGiveUpWaitingButKeepTheGroup() {
        fault();
        rig.function.dma().discard(PASID);
        rig.run();
        assertEquals(DmaStatus.DISCARDED, rig.lastStatus());

        rig.agent.respond(0, SUCCESS, PASID);
        rig.run();
        assertEquals(0, rig.priStatus() & 3, "the answer was expected");
    }
}
