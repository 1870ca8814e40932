package svasim.os.iommu;

import java.util.Iterator;
import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.mm.Mm;
import svasim.os.mm.PageFault;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.trace.Kind;

/**
 * A worker resolves a page request group: each request as a fault of the address space, as long as
 * that has users; the first error decides. Then one response.
 */
final class FaultGroup {
    private static final String RESPOND = "iopf_group_response";

    private static final Procedure<FaultGroup> HANDLE =
            Procedure.<FaultGroup>named("iommu_sva_handle_iopf")
                    .sleeping("mmget_not_zero", 150_000, FaultGroup::getMm)
                    .sleeping("handle request", 50_000, FaultGroup::fault)
                    .sleeping("mmput", 50_000, FaultGroup::putMm)
                    .sleeping("next request", 10_000, FaultGroup::nextRequest)
                    .sleeping(RESPOND, 150_000, FaultGroup::respond)
                    .sleeping("respond again", 0, FaultGroup::respondAgain)
                    .build();

    private final IoPageFaults faults;
    private final PageGroup group;
    private final Mm mm;
    private final Node node;
    private final Iterator<PageRequest> requests;
    private PageFault fault;
    private PageResponse response = PageResponse.SUCCESS;

    private FaultGroup(IoPageFaults faults, PageGroup group, Mm mm) {
        this.faults = faults;
        this.group = group;
        this.mm = mm;
        this.node = faults.platform().references().node("page fault worker");
        this.requests = group.requests().iterator();
    }

    static Call<?> call(IoPageFaults faults, PageGroup group, Mm mm) {
        return new Call<>(HANDLE, new FaultGroup(faults, group, mm));
    }

    private Next getMm(Cpu cpu) {
        if (fault == null) {
            faults.begun(group);
        }
        if (!requests.hasNext() || response != PageResponse.SUCCESS) {
            return Next.jump(RESPOND);
        }
        mm.use();
        if (defects().has(Defect.I_34) || mm.getUsersUnlessZero(node)) {
            return Next.ON;
        }
        response = PageResponse.INVALID_REQUEST;
        return Next.jump(RESPOND);
    }

    private Next fault(Cpu cpu) {
        PageRequest request = requests.next();
        faults.platform()
                .trace()
                .tell(
                        Kind.PAGE_FAULT_HANDLED,
                        faults.lane(),
                        mm.id(),
                        request.address(),
                        group.pasid());
        fault = new PageFault(mm, request.address(), request.access());
        return faults.answersTooEarly() ? Next.ON : Next.call(fault.call());
    }

    /** May be the last user, and then tears the address space down. */
    private Next putMm(Cpu cpu) {
        if (!fault.isResolved() && !defects().has(Defect.I_04)) {
            response = PageResponse.INVALID_REQUEST;
        }
        return defects().has(Defect.I_34) ? Next.ON : Next.call(mm.putUsers(node));
    }

    private Next nextRequest(Cpu cpu) {
        return Next.jump("mmget_not_zero");
    }

    /** A group that was taken away from the worker has been answered by whoever took it. */
    private Next respond(Cpu cpu) {
        boolean mine = faults.claim(group);
        return mine || defects().has(Defect.S54) ? answer() : Next.ON;
    }

    private Next respondAgain(Cpu cpu) {
        faults.done(group);
        return defects().has(Defect.I_30) ? answer() : Next.DONE;
    }

    private Next answer() {
        faults.resolved(group);
        PageGroup answered = faults.answered(group);
        return Next.call(answered.device().iommu().respond(answered, response));
    }

    private Defects defects() {
        return faults.platform().defects();
    }
}
