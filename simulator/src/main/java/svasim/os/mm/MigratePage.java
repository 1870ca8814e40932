package svasim.os.mm;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/**
 * Moves a page: migration entries instead of translations, every TLB flushed, contents copied, then
 * translations to the new frame. Faults wait meanwhile.
 */
final class MigratePage {
    private static final long PER_PLACE_PS = 50_000;

    private static final Procedure<MigratePage> MOVE =
            Procedure.<MigratePage>named("migrate_folio")
                    .sleeping("folio_lock", 50_000, MigratePage::lock)
                    .sleeping("split huge pages", 0, MigratePage::split)
                    .step("try_to_migrate", 150_000, MigratePage::unmapNext)
                    .sleeping("folio_copy", 300_000, MigratePage::copy)
                    .step("remove_migration_ptes", 100_000, MigratePage::restore)
                    .sleeping("put old page", 50_000, MigratePage::putOld)
                    .build();

    private final Memory memory;
    private final Mm owner;
    private final Page page;
    private Page fresh;

    MigratePage(Mm owner, Page page) {
        this.memory = owner.memory();
        this.owner = owner;
        this.page = page;
    }

    Call<?> call() {
        return new Call<>(MOVE, this);
    }

    /** Whether the contents have another frame now. */
    boolean hasMoved() {
        return fresh != null;
    }

    private Next lock(Cpu cpu) {
        if (!ReclaimPage.suits(page) || page.references() == 0 || page.slot() != null) {
            return Next.DONE;
        }
        page.lock();
        page.get();
        return Next.ON;
    }

    private Next split(Cpu cpu) {
        return SplitHuge.around(page);
    }

    /** Each place keeps its reference while it has the migration entry. */
    private Next unmapNext(Cpu cpu) {
        if (page.mappings().isEmpty()) {
            return Next.ON;
        }
        MappedAt place = page.mappings().get(0);
        Mm mm = place.mm();
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        mm.tables().note(cpu, place.va(), Note.migration(page));
        var trace = mm.platform().trace();
        trace.tell(Kind.PAGE_UNMAPPED, mm.lane(), mm.id(), place.va(), page.frame());
        page.unmapped(mm, place.va());
        page.migrating().add(place);
        return new Next.EnterAgain(TlbFlush.of(mm, place.va(), place.va() + PageTables.PAGE));
    }

    /** Somebody may have pinned the page since; then its places get it back. */
    private Next copy(Cpu cpu) {
        if (!page.isPinned()) {
            fresh = memory.pages().allocate(owner);
            memory.pages().copy(page, fresh);
            if (page.file() != null) {
                fresh.get();
                page.file().replace(page, fresh);
                memory.pages().put(page);
            }
        }
        return Next.ON;
    }

    /** All places at once: what the entries permit depends on how many there are. */
    private Next restore(Cpu cpu) {
        List<MappedAt> places = List.copyOf(page.migrating());
        if (places.stream().anyMatch(place -> place.mm().tableLock().isTaken())) {
            return Next.AGAIN;
        }
        page.migrating().clear();
        Page target = fresh == null ? page : fresh;
        places.forEach(place -> give(place, target));
        places.forEach(place -> map(cpu, place, target));
        return Next.ON;
    }

    private void give(MappedAt place, Page target) {
        if (fresh != null) {
            fresh.get();
            memory.pages().put(page);
        }
        target.mapped(place.mm(), place.va());
    }

    private static void map(Cpu cpu, MappedAt place, Page target) {
        cpu.spend(PER_PLACE_PS);
        Mm mm = place.mm();
        int access = Entries.access(mm.vmas().at(place.va()), target);
        mm.tables().clear(cpu, place.va());
        mm.tables().map(cpu, place.va(), target.frame(), access);
        var trace = mm.platform().trace();
        trace.tell(Kind.PAGE_MAPPED, mm.lane(), mm.id(), place.va(), target.frame());
    }

    private Next putOld(Cpu cpu) {
        page.unlock();
        memory.pages().put(page);
        if (fresh != null) {
            memory.pages().put(fresh);
        }
        return Next.DONE;
    }
}
