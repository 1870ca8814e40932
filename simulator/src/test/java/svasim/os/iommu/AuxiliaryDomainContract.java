package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Iommu;
import svasim.os.process.Process;
import svasim.os.sva.DomainAttachment;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Domains that drivers map and unmap themselves behind PASIDs of their own. */
public abstract class AuxiliaryDomainContract extends SvaDriverContract {
    private static final int PAGE = 4096;

    @Test
    void shouldTranslateWhatADriverHasMappedForItsOwnPasid() {
        var test = booted();
        DomainAttachment attachment = attach(test);
        DmaBuffer buffer = map(test, attachment, 3);

        var seen = test.explain(attachment.pasid(), buffer.iova() + PAGE + 8, Access.WRITE);

        assertTrue(seen.translated());
        assertEquals(buffer.physical(PAGE + 8), seen.address());
        assertFalse(test.explain(PasidPrefix.NONE, buffer.iova(), Access.READ).translated());
    }

    @Test
    void shouldKeepTheDomainsOfADeviceApart() {
        var test = booted();
        DomainAttachment first = attach(test);
        DomainAttachment second = attach(test);
        DmaBuffer buffer = map(test, first, 1);

        assertNotEquals(first.pasid(), second.pasid());
        assertFalse(test.explain(second.pasid(), buffer.iova(), Access.READ).translated());
    }

    /** A process and a driver take their numbers from the same space. */
    @Test
    void shouldGiveProcessAndDriverDifferentNumbers() {
        var test = plain();
        Process app = bound(test, "full");
        DomainAttachment attachment = start(test);

        assertEquals(2, attachment.pasid());
        assertEquals(app.mm().root(), test.unit().rootOf(DriverUnderTest.RID, 1));
        assertEquals(attachment.domain().root(), test.unit().rootOf(DriverUnderTest.RID, 2));
    }

    @Test
    void shouldForgetWhatADriverUnmapsBeforeItsPagesAreFree() {
        var test = booted();
        DomainAttachment attachment = attach(test);
        DmaBuffer buffer = map(test, attachment, 1);
        long iova = buffer.iova();
        var read = test.read(attachment.pasid(), iova);
        test.system().kernel().runUntilQuiet();
        assertEquals(buffer.physical(0), read.output());
        int before = test.sent(Tlp.InvalidateRequest.class).size();

        test.run(attachment.domain().unmap(buffer));

        assertEquals(0, test.cached());
        assertTrue(test.sent(Tlp.InvalidateRequest.class).size() > before);
        assertFalse(test.explain(attachment.pasid(), iova, Access.READ).translated());
    }

    @Test
    void shouldLeaveNothingOfADomainThatIsDetached() {
        var test = booted();
        test.run(test.system().os().sva().detach(attach(test)));
        long before = test.system().platform().frames().allocated();
        DomainAttachment attachment = attach(test);
        DmaBuffer buffer = map(test, attachment, 3);
        int pasid = attachment.pasid();

        test.run(attachment.domain().unmap(buffer));
        test.run(test.system().os().sva().detach(attachment));

        assertEquals(Iommu.NO_ROOT, test.unit().rootOf(DriverUnderTest.RID, pasid));
        assertEquals(0, test.system().os().sva().pasidsInUse());
        assertEquals(before, test.system().platform().frames().allocated());
        assertEquals(
                List.of("1:allocated", "1:bound", "1:cut", "1:drained", "1:freed"),
                test.recorder().pasidStates().subList(0, 5));
    }

    /** Nobody brings pages in that a driver has not mapped. */
    @Test
    void shouldAnswerPageRequestsOfADomainAsInvalid() {
        var test = booted();
        DomainAttachment attachment = attach(test);

        test.request(attachment.pasid(), 0x1000, 5, true);
        test.system().kernel().runUntilQuiet();

        var answers = test.sent(Tlp.PageGroupResponse.class);
        assertEquals(1, answers.size());
        assertEquals(Tlp.PageGroupResponse.INVALID_REQUEST, answers.get(0).code());
    }

    @Test
    void shouldShowADomainAgainAfterAReset() {
        var test = booted();
        DomainAttachment attachment = attach(test);
        DmaBuffer buffer = map(test, attachment, 1);

        test.run(ResetDevice.call(test.device(), test.system().platform()));

        var seen = test.explain(attachment.pasid(), buffer.iova(), Access.READ);
        assertTrue(seen.translated());
        assertEquals(buffer.physical(0), seen.address());
    }

    @Test
    void shouldDetachWhatTheDriverOfARemovedDeviceHasLeft() {
        var test = booted();
        DomainAttachment attachment = attach(test);

        test.run(test.system().os().sva().removeDevice(test.device()));
        test.run(test.system().os().sva().detach(attachment));

        assertFalse(attachment.isAttached());
        assertEquals(0, test.system().os().sva().pasidsInUse());
    }

    @Test
    void shouldAttachNoDomainToADeviceWithoutPasid() {
        var test =
                new DriverUnderTest(
                        plainParts().with(new ConfigurationSpace(), PciPath.INTEGRATED));
        test.system().run();
        DomainAttachment attachment = new DomainAttachment(test.device());

        test.run(test.system().os().sva().attach(attachment));

        assertFalse(attachment.isAttached());
        assertTrue(attachment.refusal().contains("has no PASID capability"), attachment.refusal());
    }

    private DriverUnderTest booted() {
        var test = plain();
        test.system().run();
        return test;
    }

    private static DomainAttachment attach(DriverUnderTest test) {
        DomainAttachment attachment = new DomainAttachment(test.device());
        test.run(test.system().os().sva().attach(attachment));
        assertTrue(attachment.isAttached(), attachment.refusal());
        return attachment;
    }

    /** While a process runs. */
    private static DomainAttachment start(DriverUnderTest test) {
        DomainAttachment attachment = new DomainAttachment(test.device());
        var attach = test.system().os().sva().attach(attachment);
        test.system().platform().scheduler().start("test", Priority.KERNEL, attach);
        test.runTo(test.system().kernel().nowPs() + 100_000_000);
        assertTrue(attachment.isAttached(), attachment.refusal());
        return attachment;
    }

    private static DmaBuffer map(DriverUnderTest test, DomainAttachment attachment, int pages) {
        DmaBuffer buffer = new DmaBuffer(test.device(), pages * (long) PAGE, 12);
        test.run(attachment.domain().map(buffer));
        assertTrue(buffer.isMapped());
        return buffer;
    }
}
