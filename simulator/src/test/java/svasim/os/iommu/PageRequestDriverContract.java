package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.defect.Defect;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** What drivers do for devices with PASID, ATS and PRI. */
public abstract class PageRequestDriverContract extends AuxiliaryDomainContract {

    @Test
    void shouldEnablePasidAtsAndPri() {
        var test = plain();

        test.system().run();

        assertTrue(test.device().features().pasidEnabled());
        assertTrue(test.device().features().atsEnabled());
        assertTrue(test.device().features().priEnabled());
        assertEquals("", test.unit().waitingFor());
    }

    @Test
    void shouldInvalidateDeviceBeforeFreeingUnmappedPages() {
        var test = plain();
        test.system().process("app", "full", OPEN, new Step.Unmap("full"), LONG, EXIT);
        test.system().os().boot();

        test.runTo(MIDDLE_PS);

        Recorder seen = test.recorder();
        var requests = test.sent(Tlp.InvalidateRequest.class);
        assertTrue(requests.get(requests.size() - 1).sized());
        int begun = seen.indexOf(Kind.RANGE_INVALIDATE);
        int returned = seen.indexOf(Kind.RANGE_INVALIDATED);
        int completed = after(seen, begun, Kind.INVALIDATION_COMPLETED);
        assertTrue(completed < returned);
        assertTrue(returned < firstPageFreed(seen));
    }

    @Test
    void shouldNotWaitForDeviceWithDefect() {
        var test = with(Defect.I_01);
        test.system().process("app", "full", OPEN, new Step.Unmap("full"), LONG, EXIT);
        test.system().os().boot();

        test.runTo(MIDDLE_PS);

        Recorder seen = test.recorder();
        int begun = seen.indexOf(Kind.RANGE_INVALIDATE);
        int sent = after(seen, begun, Kind.INVALIDATION_SENT);
        assertTrue(seen.indexOf(Kind.RANGE_INVALIDATED) < sent);
    }

    @Test
    void shouldForgetWholeAddressSpaceOnLargeUnmap() {
        var test = plain();
        Process app = bound(test, "full");
        PasidEntry entry = new PasidEntry(test.device(), 1, app.mm());
        int before = test.sent(Tlp.InvalidateRequest.class).size();

        test.run(test.driver().invalidate(List.of(entry), 0, -1));

        assertTrue(test.sent(Tlp.InvalidateRequest.class).size() > before);
    }

    @Test
    void shouldRoundWholeAddressSpaceToNothingWithDefect() {
        var test = with(Defect.S31);
        Process app = bound(test, "full");
        PasidEntry entry = new PasidEntry(test.device(), 1, app.mm());
        int before = test.recorder().of(Kind.COMMAND_EXECUTED).size();

        var scheduler = test.system().platform().scheduler();
        var call = test.driver().invalidate(List.of(entry), 0, -1);
        scheduler.start("test", Priority.KERNEL, call);
        test.runTo(MIDDLE_PS + Picoseconds.ofMicros(100).value());

        assertEquals(before, test.recorder().of(Kind.COMMAND_EXECUTED).size());
    }

    @Test
    void shouldResolvePageRequestAndAnswerSuccess() {
        var test = plain();
        long va = bound(test, "dst").address("dst");

        test.request(1, va, 7, true);
        test.runTo(2 * MIDDLE_PS - 1);

        var answers = test.sent(Tlp.PageGroupResponse.class);
        assertEquals(1, answers.size());
        assertEquals(Tlp.PageGroupResponse.SUCCESS, answers.get(0).code());
        assertEquals(7, answers.get(0).prgIndex());
        assertEquals(1, PasidPrefix.number(answers.get(0).pasid()));
        assertTrue(test.explain(1, va, Access.WRITE).translated());
    }

    @Test
    void shouldAnswerGroupOnceAfterItsLastRequest() {
        var test = plain();
        long va = bound(test, "dst").address("dst");

        test.request(1, va, 3, false);
        test.request(1, va + 4096, 3, true);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(1, test.sent(Tlp.PageGroupResponse.class).size());
        assertTrue(test.explain(1, va, Access.WRITE).translated());
        assertTrue(test.explain(1, va + 4096, Access.WRITE).translated());
    }

    @Test
    void shouldAnswerInvalidForAddressWithoutMapping() {
        var test = plain();
        bound(test, "");

        test.request(1, 0x1000, 3, true);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(
                Tlp.PageGroupResponse.INVALID_REQUEST,
                test.sent(Tlp.PageGroupResponse.class).get(0).code());
    }

    @Test
    void shouldAnswerInvalidForPasidOfNobody() {
        var test = plain();
        bound(test, "");

        test.request(9, 0x1000, 3, true);
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(
                Tlp.PageGroupResponse.INVALID_REQUEST,
                test.sent(Tlp.PageGroupResponse.class).get(0).code());
    }

    @Test
    void shouldNotAnswerStopMarker() {
        var test = plain();
        bound(test, "");

        var marker = new Tlp.PageRequest(DriverUnderTest.RID, 0, 0, true, false, false, prefix());
        test.unit().receive(marker, test.system().kernel().nowPs());
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(List.of(), test.sent(Tlp.PageGroupResponse.class));
    }

    private static PasidPrefix prefix() {
        return new PasidPrefix(1);
    }

    @Test
    void shouldAnswerEachOfManyRequests() {
        var test = plain();
        long va = bound(test, "dst").address("dst");

        for (int i = 0; i < 32; i++) {
            test.request(1, va + (i & 1) * 4096, i, true);
        }
        test.runTo(2 * MIDDLE_PS - 1);

        assertEquals(
                32,
                test.sent(Tlp.PageGroupResponse.class).stream()
                        .map(Tlp.PageGroupResponse::prgIndex)
                        .distinct()
                        .count());
    }

    @Test
    void shouldRefuseBindBehindPortWithoutPrefixes() {
        assertRefused("End-End TLP prefixes", OsUnderTest.capable(20), PciPath.behindPort(false));
    }

    @Test
    void shouldRefuseBindOfDeviceWithoutPasid() {
        ConfigurationSpace space = new ConfigurationSpace();
        new AtsCapability(space, 32, false);

        assertRefused("has no PASID capability", space, PciPath.INTEGRATED);
    }

    @Test
    void shouldInvalidateUnmappedBufferLaterInLazyDomain() {
        var test = new DriverUnderTest(plainParts().with(LAZY));
        test.system().run();
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);
        test.run(test.driver().dma().map(buffer));
        int before = test.sent(Tlp.InvalidateRequest.class).size();
        var scheduler = test.system().platform().scheduler();
        long start = test.system().kernel().nowPs();

        var unmap = test.driver().dma().unmap(buffer);
        scheduler.start("unmap", Priority.KERNEL, unmap);
        test.runTo(start + Picoseconds.ofMicros(9_000).value());
        assertEquals(before, test.sent(Tlp.InvalidateRequest.class).size());

        test.runTo(start + Picoseconds.ofMicros(11_000).value());
        assertEquals(before + 1, test.sent(Tlp.InvalidateRequest.class).size());
    }

    /** A device that a reset does not stop may claim that its addresses are translated. */
    @Test
    void shouldRefuseTranslatedRequestsWhileADeviceIsResetIfItsTablesCanSaySo() {
        var test = plain();
        Step wait = new Step.Sleep(Picoseconds.ofMicros(1_000_000));
        Process app = test.system().process("app", "full", OPEN, wait, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);
        var before = translatedRead(test, app, MIDDLE_PS);

        start(test, ResetDevice.call(test.device(), test.system().platform()));
        var during = translatedRead(test, app, Picoseconds.ofMicros(50_000).value());
        var after = translatedRead(test, app, Picoseconds.ofMicros(200_000).value());

        assertNull(before.refusal());
        assertEquals(refusesTranslatedInReset(), during.refusal() != null);
        assertNull(after.refusal());
    }

    /** Whether a blocked device's entry says something of translated requests, too. */
    protected boolean refusesTranslatedInReset() {
        return true;
    }

    private static DriverUnderTest.Outcome translatedRead(
            DriverUnderTest test, Process app, long timePs) {
        test.runTo(timePs);
        var outcome = test.readTranslated(app.mm().root());
        test.runTo(timePs + MIDDLE_PS);
        return outcome;
    }
}
