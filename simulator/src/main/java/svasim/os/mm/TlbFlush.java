package svasim.os.mm;

import java.util.Collections;
import java.util.Iterator;
import svasim.cpu.Architecture;
import svasim.cpu.Cpu;
import svasim.cpu.ShootDown;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/**
 * flush_tlb_mm_range: removes a range from the TLBs of all cores, then, through the notifiers, from
 * those of the IOMMUs and devices. When the call returns no old translation is used any more.
 */
final class TlbFlush {
    /** End of a range that is the whole address space. */
    static final long ALL = -1L;

    /** A range of more pages is flushed as a whole address space. */
    private static final long MOST_PAGES_X86 = 33;

    private static final long MOST_PAGES_ARM = 511;

    private static final long POLL_PS = 50_000;

    private static final Procedure<TlbFlush> FLUSH =
            Procedure.<TlbFlush>named("flush_tlb_mm_range")
                    .step("shoot down", 150_000, TlbFlush::shootDown)
                    .step("wait for the other cores", POLL_PS, TlbFlush::awaitCores)
                    .step("mmu_notifier_arch_invalidate_secondary_tlbs", 0, TlbFlush::notifyNext)
                    .step("done", 0, TlbFlush::finish)
                    .build();

    private static final Procedure<TlbFlush> SECONDARY =
            Procedure.<TlbFlush>named("arch_tlbbatch_add_pending")
                    .step("mmu_notifier_arch_invalidate_secondary_tlbs", 0, TlbFlush::tellSecondary)
                    .step("done", 0, TlbFlush::finish)
                    .build();

    private final Mm mm;
    private final long start;
    private final long end;
    private final Iterator<MmuNotifier> notifiers;
    private final boolean told;
    private ShootDown shootDown;

    private TlbFlush(Mm mm, long start, long end, boolean secondary) {
        this(mm, start, end, secondary, Defect.I_02);
    }

    /**
     * @param silence bug with which nobody but the cores is told
     */
    private TlbFlush(Mm mm, long start, long end, boolean secondary, Defect silence) {
        this.mm = mm;
        this.start = start;
        this.end = end;
        this.told = secondary;
        this.notifiers =
                secondary && !mm.platform().defects().has(silence)
                        ? mm.notifiers().iterator()
                        : Collections.emptyIterator();
    }

    /** Of a range, on every core, IOMMU and device. */
    static Call<?> of(Mm mm, long start, long end) {
        boolean single = mm.platform().defects().has(Defect.S44);
        if (!single && end - start > mostPages(mm) * PageTables.PAGE) {
            return new Call<>(FLUSH, new TlbFlush(mm, 0, ALL, true));
        }
        return new Call<>(FLUSH, new TlbFlush(mm, start, end, true));
    }

    /** Of everything, on every core, IOMMU and device. */
    static Call<?> ofAll(Mm mm) {
        return new Call<>(FLUSH, new TlbFlush(mm, 0, ALL, true));
    }

    /** The same for a parent, whose pages nobody may write any more. */
    static Call<?> ofForked(Mm mm) {
        return new Call<>(FLUSH, new TlbFlush(mm, 0, ALL, true, Defect.S68));
    }

    /** The table of small pages that a huge page is going to replace. */
    static Call<?> ofCollapsed(Mm mm) {
        return new Call<>(FLUSH, new TlbFlush(mm, 0, ALL, true, Defect.I_05));
    }

    /** An entry permits more than before. */
    static Call<?> ofUpgrade(Mm mm, long start, long end, boolean secondary) {
        return new Call<>(FLUSH, new TlbFlush(mm, start, end, secondary));
    }

    private static long mostPages(Mm mm) {
        boolean arm = mm.platform().cores().config().architecture() == Architecture.AARCH64;
        return arm ? MOST_PAGES_ARM : MOST_PAGES_X86;
    }

    /**
     * Of IOMMUs and devices only, the whole address space: what reclaim on x86 does for each page
     * that it adds to its batch, before the cores are told of all of them at once.
     */
    static Call<?> ofSecondaryOnly(Mm mm) {
        return new Call<>(SECONDARY, new TlbFlush(mm, 0, ALL, true));
    }

    /** Of everything on the cores; the notifiers have been released, or told, before. */
    static Call<?> ofCpusOnly(Mm mm) {
        return new Call<>(FLUSH, new TlbFlush(mm, 0, ALL, false));
    }

    /** The new entries are visible before anybody asks who uses the old ones (inc_mm_tlb_gen). */
    private Next shootDown(Cpu cpu) {
        if (!mm.platform().defects().has(Defect.S41)) {
            cpu.fullBarrier();
        }
        long last = end == ALL ? Long.MAX_VALUE : end;
        shootDown = mm.platform().cores().shootDown(cpu, mm.id(), start, last);
        return Next.ON;
    }

    private Next awaitCores(Cpu cpu) {
        return shootDown.isDone() ? Next.ON : Next.AGAIN;
    }

    private Next tellSecondary(Cpu cpu) {
        cpu.fullBarrier();
        return notifyNext(cpu);
    }

    private Next notifyNext(Cpu cpu) {
        if (!notifiers.hasNext()) {
            return Next.ON;
        }
        MmuNotifier notifier = notifiers.next();
        String name = notifier.node().name();
        mm.platform().trace().tell(Kind.RANGE_INVALIDATE, mm.lane(), mm.id(), start, end, name);
        if (mm.platform().defects().has(Defect.S70)) {
            notifiers.forEachRemaining(this::putOff);
        }
        return new Next.EnterAgain(notifier.invalidate(start, end));
    }

    private void putOff(MmuNotifier notifier) {
        mm.platform().events().add(notifier.invalidate(start, end));
    }

    private Next finish(Cpu cpu) {
        if (told) {
            mm.platform().trace().tell(Kind.RANGE_INVALIDATED, mm.lane(), mm.id(), start, end);
        }
        return Next.DONE;
    }
}
