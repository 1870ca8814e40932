package svasim.os.mm;

import java.util.Collections;
import java.util.Iterator;
import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/**
 * exit_mmap: the end of an address space's contents. Notifiers first, since no range is announced
 * afterwards; then pages, tables, mappings.
 */
final class ExitMmap {
    private static final Procedure<ExitMmap> EXIT_MMAP =
            Procedure.<ExitMmap>named("exit_mmap")
                    .sleeping("begin", 100_000, ExitMmap::begin)
                    .sleeping("mmu_notifier_release", 100_000, ExitMmap::releaseNext)
                    .sleeping("synchronize_srcu", 50_000, ExitMmap::forgetNotifiers)
                    .sleeping("unmap_vmas", 100_000, ExitMmap::unmapNext)
                    .step("free_pgtables", 300_000, ExitMmap::freeTables)
                    .sleeping("tlb_finish_mmu", 200_000, ExitMmap::flush)
                    .step("free pages", 100_000, ExitMmap::freePages)
                    .sleeping("tear_down_vmas", 100_000, ExitMmap::removeVmas)
                    .build();

    private final Mm mm;
    private final Gather gather = new Gather();
    private Iterator<MmuNotifier> notifiers;
    private Iterator<Vma> vmas;

    private ExitMmap(Mm mm) {
        this.mm = mm;
    }

    static Call<?> call(Mm mm) {
        return new Call<>(EXIT_MMAP, new ExitMmap(mm));
    }

    private Next begin(Cpu cpu) {
        mm.ends().forEach(end -> end.contentsGoing(mm));
        mm.life(Mm.Life.EXITING);
        mm.platform().trace().tell(Kind.MM_EXITING, mm.lane(), mm.id(), 0, 0);
        notifiers =
                mm.platform().defects().has(Defect.I_23)
                        ? Collections.emptyIterator()
                        : mm.notifiers().iterator();
        return Next.ON;
    }

    private Next releaseNext(Cpu cpu) {
        if (!notifiers.hasNext()) {
            return Next.ON;
        }
        MmuNotifier notifier = notifiers.next();
        mm.released(notifier);
        return new Next.EnterAgain(notifier.release());
    }

    private Next forgetNotifiers(Cpu cpu) {
        boolean any = !mm.notifiers().isEmpty();
        mm.forgetNotifiers();
        return any ? mm.platform().scheduler().gracePeriod() : Next.ON;
    }

    private Next unmapNext(Cpu cpu) {
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        if (vmas == null) {
            mm.tell(Kind.MM_EMPTYING, mm.id(), 0, 0);
            vmas = mm.vmas().all().iterator();
        }
        if (!vmas.hasNext()) {
            return Next.ON;
        }
        Unmapping.unmap(mm, vmas.next(), cpu, gather);
        return Next.AGAIN;
    }

    private Next freeTables(Cpu cpu) {
        mm.tables().freeTables(cpu, gather);
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        return Next.call(TlbFlush.ofCpusOnly(mm));
    }

    private Next freePages(Cpu cpu) {
        gather.free(mm);
        return Next.ON;
    }

    private Next removeVmas(Cpu cpu) {
        mm.vmas().all().forEach(mm.vmas()::remove);
        mm.life(Mm.Life.EMPTY);
        mm.platform().trace().tell(Kind.MM_EMPTIED, mm.lane(), mm.id(), 0, 0);
        return Next.DONE;
    }
}
