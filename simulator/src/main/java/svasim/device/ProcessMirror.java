package svasim.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.cpu.Cpu;
import svasim.os.iommu.DmaBuffer;
import svasim.os.mm.Mm;
import svasim.os.mm.MmuNotifier;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;
import svasim.os.reference.Node;
import svasim.os.task.WorkQueue;

/**
 * A copy of the page table of a process in a device (HMM): {@link MirrorFill} adds pages when the
 * device asks for them, and the notifiers take them out. Neither PASID nor ATS is needed; each page
 * is mapped for the device by the DMA API.
 */
public final class ProcessMirror implements MmuNotifier {
    /** End of a range that is everything. */
    private static final long ALL = -1;

    private static final Procedure<Zap> ZAP =
            Procedure.<Zap>named("mmu_interval_invalidate")
                    .step("zap device page table", 100_000, Zap::zap)
                    .step("wait for device", 20_000, Zap::look)
                    .step("leave dma_unmap_page to worker", 50_000, Zap::leave)
                    .build();

    private static final Procedure<ProcessMirror> END =
            Procedure.<ProcessMirror>named("mirror_end")
                    .sleeping("remove everything", 0, ProcessMirror::removeAll)
                    .sleeping("wait for removals", 0, ProcessMirror::awaitRemovals)
                    .sleeping("flush unmapping", 0, ProcessMirror::flush)
                    .sleeping("mmu_interval_notifier_remove", 0, ProcessMirror::unregister)
                    .build();

    private final DriverHost host;
    private final Mm mm;
    private final Node node;
    private final WorkQueue work;
    private final MirroredTable table;

    /** What the device has, by virtual address. */
    private final TreeMap<Long, Mapped> pages = new TreeMap<>();

    private final List<Range> filling = new ArrayList<>();

    /** What the device was told to remove and may have still. */
    private final List<Removal> removals = new ArrayList<>();

    private final WaitQueue removed = new WaitQueue("removal from a mirror");

    /**
     * A page that the device has.
     *
     * @param writable whether the device may write it
     */
    record Mapped(DmaBuffer page, boolean writable) {
        long entry() {
            long flags = DeviceTable.VALID | (writable ? DeviceTable.WRITABLE : 0);
            return page.iova() | flags;
        }

        long frame() {
            return page.physical(0);
        }
    }

    /** A range that is looked up, until the device has it (mmu_interval_notifier). */
    static final class Range {
        private final long start;
        private final long end;
        private boolean stale;

        Range(long start, long end) {
            this.start = start;
            this.end = end;
        }

        /** Whether something of it was taken out meanwhile (mmu_interval_read_retry). */
        boolean isStale() {
            return stale;
        }
    }

    /** A range that goes from the device's table; the pages of it are not in the book any more. */
    private record Removal(long start, long end, long ticket) {}

    /**
     * @param node which holds the struct of the address space
     * @param work where pages are unmapped that the device has no more
     */
    public ProcessMirror(DriverHost host, Mm mm, Node node, WorkQueue work, MirroredTable table) {
        this.host = host;
        this.mm = mm;
        this.node = node;
        this.work = work;
        this.table = table;
    }

    public Mm mm() {
        return mm;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Call<?> release() {
        return invalidate(0, ALL);
    }

    /**
     * A range of which the device has nothing costs no access to it. What somebody else has begun
     * to remove it has until that is over, and the frame is not to be freed before.
     */
    @Override
    public Call<?> invalidate(long start, long end) {
        long last = end == ALL ? Long.MAX_VALUE : end;
        filling.forEach(range -> range.stale |= range.start < last && start < range.end);
        boolean nothing = pages.subMap(start, last).isEmpty() && removing(start, last).isEmpty();
        return nothing ? Call.nothing() : new Call<>(ZAP, new Zap(this, start, last));
    }

    /**
     * Takes everything back and is told of nothing any more; the device is idle. No page is mapped
     * for it when the call returns.
     */
    public Call<?> end() {
        return new Call<>(END, this);
    }

    private Next removeAll(Cpu cpu) {
        return Next.call(invalidate(0, ALL));
    }

    /** Others hand over what they have removed. */
    private Next awaitRemovals(Cpu cpu) {
        return removals.isEmpty() ? Next.ON : Next.await(removed);
    }

    private Next flush(Cpu cpu) {
        return Next.call(work.flush());
    }

    private Next unregister(Cpu cpu) {
        return Next.call(mm.unregister(this));
    }

    DriverHost host() {
        return host;
    }

    MirroredTable table() {
        return table;
    }

    Range begin(long start, long end) {
        Range range = new Range(start, end);
        filling.add(range);
        return range;
    }

    void end(Range range) {
        filling.remove(range);
    }

    /** What the device has at an address, or null. */
    Mapped at(long address) {
        return pages.get(address);
    }

    /** The device has the page from now on. */
    void add(long address, Mapped page) {
        pages.put(address, page);
    }

    private List<Removal> removing(long start, long end) {
        return removals.stream()
                .filter(removal -> removal.start() < end && start < removal.end())
                .toList();
    }

    /** Removes a range, and waits for those who remove something of it already. */
    private static final class Zap {
        private final ProcessMirror mirror;
        private final long start;
        private final long end;
        private final List<Mapped> gone = new ArrayList<>();
        private Removal own;
        private List<Removal> awaited;

        Zap(ProcessMirror mirror, long start, long end) {
            this.mirror = mirror;
            this.start = start;
            this.end = end;
        }

        /** What is added from now on is not of what was removed. */
        Next zap(Cpu cpu) {
            Map<Long, Mapped> range = mirror.pages.subMap(start, end);
            if (!range.isEmpty()) {
                long ticket = mirror.table.remove(cpu, start, end);
                if (ticket == MirroredTable.BUSY) {
                    return Next.AGAIN;
                }
                own = new Removal(start, end, ticket);
                mirror.removals.add(own);
                gone.addAll(range.values());
                range.clear();
            }
            awaited = mirror.removing(start, end);
            return Next.ON;
        }

        /** An access that was translated before has to end. */
        Next look(Cpu cpu) {
            boolean over =
                    awaited.stream().allMatch(each -> mirror.table.isOver(cpu, each.ticket()));
            return over ? Next.ON : Next.AGAIN;
        }

        /** The device has no way to the addresses any more; the DMA API may sleep. */
        Next leave(Cpu cpu) {
            if (own != null) {
                mirror.removals.remove(own);
                List<Call<?>> calls = new ArrayList<>();
                gone.forEach(page -> calls.add(mirror.host.dma().unmap(page.page())));
                mirror.work.add(Call.sequence(calls));
                mirror.removed.wakeAll();
            }
            return Next.DONE;
        }
    }
}
