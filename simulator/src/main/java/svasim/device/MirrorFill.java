package svasim.device;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import svasim.cpu.Cpu;
import svasim.os.iommu.DmaBuffer;
import svasim.os.mm.PageFault;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.paging.Access;

/**
 * Has the pages of a range made present as for a core, maps them for the device, and writes the
 * device's entries, unless something was removed from the range meanwhile; then it begins anew.
 * Stops at the first page that cannot be had.
 */
public final class MirrorFill {
    private static final String BEGIN = "mmu_interval_read_begin";
    private static final String FAULT = "hmm_range_fault";
    private static final String RETRY = "mmu_interval_read_retry";
    private static final String UNDO = "dma_unmap_page";

    private static final Procedure<MirrorFill> FILL =
            Procedure.<MirrorFill>named("mirror_fill")
                    .sleeping("mmget_not_zero", 50_000, MirrorFill::getMm)
                    .sleeping(BEGIN, 30_000, MirrorFill::begin)
                    .sleeping(FAULT, 100_000, MirrorFill::fault)
                    .sleeping("dma_map_page", 50_000, MirrorFill::map)
                    .sleeping("next page", 0, MirrorFill::mapped)
                    .step(RETRY, 60_000, MirrorFill::install)
                    .sleeping("wait for device", 20_000, MirrorFill::await)
                    .sleeping(UNDO, 20_000, MirrorFill::undo)
                    .sleeping("mmput", 50_000, MirrorFill::putMm)
                    .build();

    private final ProcessMirror mirror;
    private final Node node;
    private final long start;
    private final long end;
    private final boolean write;

    /** What the device is going to get, in the order of addresses without a gap. */
    private final TreeMap<Long, ProcessMirror.Mapped> found = new TreeMap<>();

    /** Pages that were mapped here and that the device does not have. */
    private final List<DmaBuffer> fresh = new ArrayList<>();

    private Iterator<DmaBuffer> surplus;
    private ProcessMirror.Range range;
    private PageFault fault;
    private DmaBuffer page;
    private long at;
    private long ticket;
    private boolean failed;
    private boolean installed;

    /**
     * @param node which holds the address space meanwhile
     * @param write whether the device wants to write
     */
    public MirrorFill(ProcessMirror mirror, Node node, long start, long bytes, boolean write) {
        this.mirror = mirror;
        this.node = node;
        this.start = start & -DeviceTable.PAGE;
        this.end = start + bytes + DeviceTable.PAGE - 1 & -DeviceTable.PAGE;
        this.write = write;
    }

    public Call<?> call() {
        return new Call<>(FILL, this);
    }

    /** Whether the device has had all pages of the range at one time. */
    public boolean isComplete() {
        return installed && !failed;
    }

    private Next getMm(Cpu cpu) {
        return mirror.mm().getUsersUnlessZero(node) ? Next.ON : Next.DONE;
    }

    private Next begin(Cpu cpu) {
        range = mirror.begin(start, end);
        at = start;
        failed = false;
        return Next.ON;
    }

    private Next fault(Cpu cpu) {
        if (at >= end) {
            return Next.jump(RETRY);
        }
        int access = write ? Access.READ | Access.WRITE : Access.READ;
        fault = new PageFault(mirror.mm(), at, access);
        return Next.call(fault.call());
    }

    /** A page whose removal is under way is looked up again. */
    private Next map(Cpu cpu) {
        if (!fault.isResolved()) {
            failed = true;
            return Next.jump(RETRY);
        }
        long frame = mirror.mm().physical(at);
        ProcessMirror.Mapped known = mirror.at(at);
        boolean gone = frame < 0 || known != null && known.frame() != frame;
        if (range.isStale() || gone) {
            return Next.jump(RETRY);
        }
        if (known != null) {
            take(new ProcessMirror.Mapped(known.page(), write || known.writable()));
            return Next.jump(FAULT);
        }
        page = DmaBuffer.ofPages(mirror.host().device(), List.of(frame));
        return Next.call(mirror.host().dma().map(page));
    }

    private Next mapped(Cpu cpu) {
        if (!page.isMapped()) {
            failed = true;
            return Next.ON;
        }
        fresh.add(page);
        take(new ProcessMirror.Mapped(page, write));
        return Next.jump(FAULT);
    }

    private void take(ProcessMirror.Mapped mapped) {
        found.put(at, mapped);
        at += DeviceTable.PAGE;
    }

    /** Between the look and the store nobody can remove anything. */
    private Next install(Cpu cpu) {
        found.replaceAll(this::known);
        if (isToBegin() || found.isEmpty()) {
            return Next.jump(UNDO);
        }
        List<Long> entries = found.values().stream().map(ProcessMirror.Mapped::entry).toList();
        ticket = mirror.table().set(cpu, start, entries);
        if (ticket == MirroredTable.BUSY) {
            return Next.AGAIN;
        }
        found.forEach(mirror::add);
        found.values().forEach(mapped -> fresh.remove(mapped.page()));
        installed = true;
        return Next.ON;
    }

    /** Somebody else may have been faster. */
    private ProcessMirror.Mapped known(long address, ProcessMirror.Mapped mine) {
        ProcessMirror.Mapped known = mirror.at(address);
        return known == null
                ? mine
                : new ProcessMirror.Mapped(known.page(), mine.writable() || known.writable());
    }

    private boolean isToBegin() {
        return range.isStale() || !failed && at < end;
    }

    private Next await(Cpu cpu) {
        return mirror.table().isOver(cpu, ticket) ? Next.ON : Next.AGAIN;
    }

    private Next undo(Cpu cpu) {
        surplus = surplus == null ? List.copyOf(fresh).iterator() : surplus;
        if (surplus.hasNext()) {
            return new Next.EnterAgain(mirror.host().dma().unmap(surplus.next()));
        }
        mirror.end(range);
        boolean anew = !installed && isToBegin();
        surplus = null;
        fresh.clear();
        found.clear();
        return anew ? Next.jump(BEGIN) : Next.ON;
    }

    private Next putMm(Cpu cpu) {
        return Next.call(mirror.mm().putUsers(node));
    }
}
