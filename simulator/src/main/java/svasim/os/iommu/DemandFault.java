package svasim.os.iommu;

import java.util.Iterator;
import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * A worker brings in the pages of a buffer of the DMA API that a device asks for without PASID: I/O
 * page faults alone, without the address space of any process (life of a PASID, 2.13).
 */
final class DemandFault {
    private static final String RESPOND = "iopf_group_response";

    private static final Procedure<DemandFault> HANDLE =
            Procedure.<DemandFault>named("dma_demand_iopf")
                    .sleeping("find buffer", 100_000, DemandFault::find)
                    .sleeping("allocate page", 400_000, DemandFault::allocate)
                    .sleeping("iommu_map", 60_000, DemandFault::map)
                    .sleeping(RESPOND, 150_000, DemandFault::respond)
                    .sleeping("done", 0, DemandFault::finish)
                    .build();

    private final IoPageFaults faults;
    private final PageGroup group;
    private final DmaDomain domain;
    private final Iterator<PageRequest> requests;
    private PageResponse response = PageResponse.SUCCESS;
    private PageRequest request;
    private DmaBuffer buffer;

    private DemandFault(IoPageFaults faults, PageGroup group) {
        this.faults = faults;
        this.group = group;
        this.domain = group.device().group().dma();
        this.requests = group.requests().iterator();
    }

    static Call<?> call(IoPageFaults faults, PageGroup group) {
        return new Call<>(HANDLE, new DemandFault(faults, group));
    }

    private Next find(Cpu cpu) {
        if (!requests.hasNext()) {
            return Next.jump(RESPOND);
        }
        request = requests.next();
        buffer = domain.onDemand(request.address());
        if (buffer == null) {
            response = PageResponse.INVALID_REQUEST;
            return Next.jump(RESPOND);
        }
        return buffer.isPresent(offset()) ? Next.AGAIN : Next.ON;
    }

    private Next allocate(Cpu cpu) {
        if (domain.bringIn(buffer, offset())) {
            return Next.ON;
        }
        response = PageResponse.FAILURE;
        return Next.jump(RESPOND);
    }

    private Next map(Cpu cpu) {
        long page = offset() & -(1L << buffer.pageShift());
        domain.map(cpu, buffer.iova() + page, buffer.physical(page), buffer.pageShift());
        return Next.jump("find buffer");
    }

    private long offset() {
        return request.address() - buffer.iova();
    }

    private Next respond(Cpu cpu) {
        return faults.claim(group)
                ? Next.call(group.device().iommu().respond(group, response))
                : Next.ON;
    }

    private Next finish(Cpu cpu) {
        faults.done(group);
        return Next.DONE;
    }
}
