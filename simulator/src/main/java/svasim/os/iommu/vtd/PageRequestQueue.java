package svasim.os.iommu.vtd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.memory.FrameUse;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/** The ring into which the unit writes page requests: 2048 entries of 32 bytes (VT-d 7.5). */
final class PageRequestQueue {
    private static final int SIZE_CODE = 4;
    private static final int FRAMES = 1 << SIZE_CODE;
    private static final int ENTRY_BYTES = 32;
    private static final int RING_BYTES = FRAMES * 4096;
    private static final long PASID_PRESENT = 1 << 8;
    private static final long EXECUTE = 1L << 52;
    private static final long PRIVILEGED = 1L << 53;
    private static final long LAST = 1 << 2;

    private final Unit unit;
    private final ThreadedInterrupt interrupt;
    private long ring;

    PageRequestQueue(Unit unit) {
        this.unit = unit;
        this.interrupt = new ThreadedInterrupt(unit.site().name() + "-prq");
    }

    /** Gives the unit its ring, and the ring's interrupt its thread. */
    void enable(Cpu cpu) {
        UnitSite site = unit.site();
        ring = site.frames().allocateContiguous(FrameUse.QUEUE, site.owner(), FRAMES);
        UnitRegisters registers = unit.registers();
        registers.write64(cpu, Registers.PQH, 0);
        registers.write64(cpu, Registers.PQT, 0);
        registers.write64(cpu, Registers.PQA, ring | SIZE_CODE);
        Call<?> thread = PageRequestThread.call(unit, this);
        Registers.enableEvent(
                registers,
                cpu,
                Registers.PECTL,
                interrupt.enable(cpu, site.platform(), site.interrupts(), thread));
    }

    ThreadedInterrupt interrupt() {
        return interrupt;
    }

    /** Offset behind the entry at an offset. */
    static long after(long offset) {
        return (offset + ENTRY_BYTES) % RING_BYTES;
    }

    /** Reads the first two words of an entry and makes something of them. */
    Entry entry(Cpu cpu, long offset) {
        return new Entry(cpu.load(ring + offset), cpu.load(ring + offset + Long.BYTES));
    }

    /** Whether the ring holds an entry of a device and PASID. */
    boolean holds(Cpu cpu, PciDevice device, int pasid) {
        UnitRegisters registers = unit.registers();
        long tail = registers.read64(cpu, Registers.PQT);
        long head = registers.read64(cpu, Registers.PQH);
        for (long at = head; at != tail; at = after(at)) {
            Entry entry = entry(cpu, at);
            if (entry.requesterId() == device.requesterId() && entry.pasid() == pasid) {
                return true;
            }
        }
        return false;
    }

    /** One entry of the ring (VT-d 7.5.1). */
    record Entry(long word0, long word1) {
        int requesterId() {
            return (int) (word0 >>> 16) & 0xFFFF;
        }

        int pasid() {
            return (word0 & PASID_PRESENT) == 0
                    ? PasidPrefix.NONE
                    : (int) (word0 >>> 32) & PasidPrefix.MAX_PASID;
        }

        boolean isLast() {
            return (word1 & LAST) != 0;
        }

        int index() {
            return (int) (word1 >>> 3) & 0x1FF;
        }

        long address() {
            return word1 & Entries.POINTER;
        }

        boolean isStopMarker() {
            return isLast() && (word1 & (Access.READ | Access.WRITE)) == 0;
        }

        /** Whether no process can have asked for this. */
        boolean isIllegal() {
            boolean canonical = address() << 16 >> 16 == address();
            boolean executes = (word0 & EXECUTE) != 0 && (word1 & Access.READ) != 0;
            return !canonical || (word0 & PRIVILEGED) != 0 || executes;
        }

        PageRequest request(PciDevice device) {
            int access = (int) word1 & (Access.READ | Access.WRITE);
            return new PageRequest(device, pasid(), address(), access, index(), isLast());
        }
    }

    /** Answers an entry that belongs to nobody as invalid, if it wants an answer. */
    Call<?> refuse(Entry entry) {
        return entry.isLast()
                ? unit.queue()
                        .submit(
                                List.of(
                                        Descriptor.response(
                                                entry.requesterId(),
                                                entry.pasid(),
                                                entry.index(),
                                                PageResponse.INVALID_REQUEST)))
                : Call.nothing();
    }
}
