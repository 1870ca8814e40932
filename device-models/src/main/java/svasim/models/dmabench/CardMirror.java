package svasim.models.dmabench;

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
import svasim.os.reference.Node;

/**
 * A copy of the page table of a process in the card (HMM): the driver fills it when the card
 * faults, and takes entries out when the notifiers say so. Neither PASID nor ATS is needed; each
 * page is mapped for the card by the DMA API.
 */
final class CardMirror implements MmuNotifier {
    /** End of a range that is everything. */
    private static final long ALL = -1;

    private static final Procedure<Zap> ZAP =
            Procedure.<Zap>named("mmu_interval_invalidate")
                    .step("zap device page table", 100_000, Zap::zap)
                    .step("wait for device", 20_000, Zap::look)
                    .step("leave dma_unmap_page to worker", 50_000, Zap::leave)
                    .build();

    private final DmaBenchDriver driver;
    private final Mm mm;
    private final Node node;

    /** What the card has, by virtual address. */
    private final TreeMap<Long, DmaBuffer> pages = new TreeMap<>();

    private long sequence;

    /**
     * @param node which holds the struct of the address space
     */
    CardMirror(DmaBenchDriver driver, Mm mm, Node node) {
        this.driver = driver;
        this.mm = mm;
        this.node = node;
    }

    Mm mm() {
        return mm;
    }

    @Override
    public Node node() {
        return node;
    }

    /** Changes with every removal (mmu_interval_read_begin). */
    long sequence() {
        return sequence;
    }

    /** The card has the page from now on; what it had before is not needed any more. */
    void add(long address, DmaBuffer page) {
        DmaBuffer before = pages.put(address, page);
        if (before != null) {
            driver.mirrorWork().add(driver.host().dma().unmap(before));
        }
    }

    @Override
    public Call<?> release() {
        return invalidate(0, ALL);
    }

    /** A range of which the card has nothing costs no access to it. */
    @Override
    public Call<?> invalidate(long start, long end) {
        sequence++;
        long last = end == ALL ? Long.MAX_VALUE : end;
        boolean nothing = pages.subMap(start, last).isEmpty();
        return nothing ? Call.nothing() : new Call<>(ZAP, new Zap(this, start, last));
    }

    /** Takes everything back and is told of nothing any more; the card is idle. */
    Call<?> end() {
        List<Call<?>> calls = new ArrayList<>();
        calls.add(invalidate(0, ALL));
        calls.add(driver.mirrorWork().flush());
        calls.add(mm.unregister(this));
        return Call.sequence(calls);
    }

    /** A removal of a range. */
    private record Zap(CardMirror mirror, long start, long end) {
        Next zap(Cpu cpu) {
            mirror.driver.write(cpu, CardRegister.REMOVE_START, start);
            mirror.driver.write(cpu, CardRegister.REMOVE_END, end);
            return Next.ON;
        }

        /** An access that was translated before has to end. */
        Next look(Cpu cpu) {
            return mirror.driver.read(cpu, CardRegister.USED_STILL) != 0 ? Next.AGAIN : Next.ON;
        }

        /** The card has no way to the addresses any more; the DMA API may sleep. */
        Next leave(Cpu cpu) {
            Map<Long, DmaBuffer> gone = mirror.pages.subMap(start, end);
            List<Call<?>> calls = new ArrayList<>();
            gone.values().forEach(page -> calls.add(mirror.driver.host().dma().unmap(page)));
            gone.clear();
            mirror.driver.mirrorWork().add(Call.sequence(calls));
            return Next.DONE;
        }
    }
}
