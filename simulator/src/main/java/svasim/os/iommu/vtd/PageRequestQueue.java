package svasim.os.iommu.vtd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.PageRequestEntry;
import svasim.iommu.vtd.RegisterOffset;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.defect.Defect;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.paging.Access;

/** The ring into which the unit writes page requests: 2048 entries of 32 bytes (VT-d 7.5). */
final class PageRequestQueue {
    private static final int USUAL_ENTRIES = 2048;

    /** log2 of the entries of the smallest ring, of one frame (PQA, 11.4.11.3). */
    private static final int SMALLEST_LOG2 = 7;

    private final Unit unit;
    private final int sizeCode;
    private final ThreadedInterrupt interrupt;
    private long ring;

    PageRequestQueue(Unit unit) {
        this.unit = unit;
        int log2 = unit.site().options().pageRequests().log2Entries(USUAL_ENTRIES);
        this.sizeCode = Math.max(0, log2 - SMALLEST_LOG2);
        this.interrupt = new ThreadedInterrupt(unit.site().name() + "-prq");
    }

    /** Gives the unit its ring, and the ring's interrupt its thread. */
    void enable(Cpu cpu) {
        UnitSite site = unit.site();
        ring = site.frames().allocateContiguous(FrameUse.QUEUE, site.owner(), 1 << sizeCode);
        UnitRegisters registers = unit.registers();
        registers.write64(cpu, RegisterOffset.PQH, 0);
        registers.write64(cpu, RegisterOffset.PQT, 0);
        registers.write64(cpu, RegisterOffset.PQA, ring | sizeCode);
        Call<?> thread = PageRequestThread.call(unit, this);
        Registers.enableEvent(
                registers,
                cpu,
                RegisterOffset.PECTL,
                interrupt.enable(cpu, site.platform(), site.interrupts(), thread));
    }

    ThreadedInterrupt interrupt() {
        return interrupt;
    }

    /** Offset behind the entry at an offset. */
    long after(long offset) {
        return (offset + PageRequestEntry.BYTES) % ((long) PhysicalMemory.FRAME_BYTES << sizeCode);
    }

    /** Reads the first two words of an entry and makes something of them. */
    PageRequestEntry entry(Cpu cpu, long offset) {
        return new PageRequestEntry(cpu.load(ring + offset), cpu.load(ring + offset + Long.BYTES));
    }

    /** Whether the ring holds an entry of a device and PASID. */
    boolean holds(Cpu cpu, PciDevice device, int pasid) {
        UnitRegisters registers = unit.registers();
        long tail = registers.read64(cpu, RegisterOffset.PQT);
        long head = registers.read64(cpu, RegisterOffset.PQH);
        if (unit.site().has(Defect.I_44)) {
            return head != tail;
        }
        for (long at = head; at != tail; at = after(at)) {
            PageRequestEntry entry = entry(cpu, at);
            if (entry.requesterId() == device.requesterId() && entry.pasid() == pasid) {
                return true;
            }
        }
        return false;
    }

    /** Whether no process can have asked for this. */
    static boolean isIllegal(PageRequestEntry entry) {
        boolean canonical = entry.page() << 16 >> 16 == entry.page();
        boolean executes = entry.execute() && (entry.access() & Access.READ) != 0;
        return !canonical || entry.privileged() || executes;
    }

    static PageRequest request(PciDevice device, PageRequestEntry entry) {
        return new PageRequest(
                device,
                entry.pasid(),
                entry.page(),
                entry.access(),
                entry.groupIndex(),
                entry.last());
    }

    /** Answers an entry that belongs to nobody as invalid, if it wants an answer. */
    Call<?> refuse(PageRequestEntry entry) {
        return entry.last()
                ? unit.queue()
                        .submit(
                                List.of(
                                        Descriptor.response(
                                                entry.requesterId(),
                                                entry.pasid(),
                                                entry.groupIndex(),
                                                PageResponse.INVALID_REQUEST)))
                : Call.nothing();
    }
}
