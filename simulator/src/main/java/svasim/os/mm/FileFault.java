package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/**
 * do_fault: a page of a file. Reads and shared mappings get the page of the page cache, a store in
 * a private mapping gets a copy.
 */
final class FileFault {
    private static final Procedure<FileFault> FAULT =
            Procedure.<FileFault>named("do_fault")
                    .sleeping("filemap_fault", 150_000, FileFault::lookUp)
                    .sleeping("charge memory", 0, FileFault::charge)
                    .sleeping("read page", 350_000, FileFault::read)
                    .sleeping("end of read", 50_000, FileFault::arrived)
                    .sleeping("charge copy", 0, FileFault::charge)
                    .sleeping("copy page", 600_000, FileFault::copy)
                    .step("set PTE", 100_000, FileFault::map)
                    .build();

    private final Fault fault;
    private final RegularFile file;
    private final long offset;
    private Page copy;

    private FileFault(Fault fault) {
        this.fault = fault;
        this.file = fault.vma().regularFile();
        this.offset = fault.vma().behind(fault.va());
    }

    static Call<?> call(Fault fault) {
        return new Call<>(FAULT, new FileFault(fault));
    }

    private Next lookUp(Cpu cpu) {
        Page page = file.cached(offset);
        if (page == null) {
            return Next.ON;
        }
        if (page.isLocked()) {
            return Next.await(page.unlocked());
        }
        return wantsCopy() ? Next.jump("charge copy") : Next.jump("set PTE");
    }

    private boolean wantsCopy() {
        return fault.vma().isCopyOnWrite() && (fault.access() & Access.WRITE) != 0;
    }

    private Next charge(Cpu cpu) {
        return Charge.next(fault.mm(), 1);
    }

    /** A page that was never written needs no transfer. */
    private Next read(Cpu cpu) {
        if (file.cached(offset) != null) {
            return Next.jump("filemap_fault");
        }
        Page page = fault.pages().allocate(fault.mm());
        file.cache(offset, page);
        if (file.stored(offset) == null) {
            return Next.jump("filemap_fault");
        }
        page.lock();
        return Next.sleep(file.readPs());
    }

    private Next arrived(Cpu cpu) {
        Page page = file.cached(offset);
        fault.pages().fill(page, file.stored(offset));
        page.unlock();
        return Next.jump("filemap_fault");
    }

    private Next copy(Cpu cpu) {
        Page page = file.cached(offset);
        if (page == null || page.isLocked()) {
            return Next.jump("filemap_fault");
        }
        copy = fault.pages().allocate(fault.mm());
        fault.pages().copy(page, copy);
        return Next.ON;
    }

    private Next map(Cpu cpu) {
        if (fault.mm().tableLock().isTaken()) {
            return Next.AGAIN;
        }
        Page page = copy == null ? file.cached(offset) : copy;
        boolean usable = page != null && !page.isLocked() && fault.isNone();
        if (usable) {
            take(page);
            fault.map(cpu, page);
        } else if (copy != null) {
            fault.pages().put(copy);
        }
        return Next.DONE;
    }

    /** The entry's reference: that of the copy's maker, or one of its own. */
    private void take(Page page) {
        if (copy == null) {
            page.get();
        }
    }
}
