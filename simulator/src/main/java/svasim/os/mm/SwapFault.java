package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** do_swap_page: a page comes back from the swap device, or out of the swap cache. */
final class SwapFault {
    private static final Procedure<SwapFault> FAULT =
            Procedure.<SwapFault>named("do_swap_page")
                    .sleeping("lookup_swap_cache", 100_000, SwapFault::lookUp)
                    .sleeping("charge memory", 0, SwapFault::charge)
                    .sleeping("swapin_readahead", 350_000, SwapFault::read)
                    .sleeping("end of read", 50_000, SwapFault::arrived)
                    .step("set PTE", 100_000, SwapFault::map)
                    .build();

    private final Fault fault;
    private final SwapSlot slot;

    private SwapFault(Fault fault) {
        this.fault = fault;
        this.slot = fault.memory().swap().get(note().number());
    }

    static Call<?> call(Fault fault) {
        return new Call<>(FAULT, new SwapFault(fault));
    }

    private Note note() {
        return fault.mm().tables().noteAt(fault.va());
    }

    private boolean isStill() {
        return note().equals(Note.swap(slot));
    }

    /** Somebody else may be reading the page, or still be writing it out. */
    private Next lookUp(Cpu cpu) {
        if (!isStill()) {
            return Next.DONE;
        }
        if (slot.page() == null) {
            return Next.ON;
        }
        return slot.page().isLocked() ? Next.await(slot.page().unlocked()) : Next.jump("set PTE");
    }

    private Next charge(Cpu cpu) {
        return Charge.next(fault.mm(), 1);
    }

    private Next read(Cpu cpu) {
        if (slot.page() != null || !isStill()) {
            return Next.jump("lookup_swap_cache");
        }
        Page page = fault.pages().allocate(fault.mm());
        page.lock();
        page.slot(slot);
        slot.readInto(page);
        return fault.memory().swap().read();
    }

    private Next arrived(Cpu cpu) {
        Page page = slot.page();
        if (page != null) {
            fault.pages().fill(page, slot.contents());
            slot.read();
            page.unlock();
        }
        return Next.jump("lookup_swap_cache");
    }

    private Next map(Cpu cpu) {
        if (fault.mm().tableLock().isTaken()) {
            return Next.AGAIN;
        }
        Page page = slot.page();
        if (page == null || page.isLocked() || !isStill()) {
            return Next.DONE;
        }
        page.get();
        fault.mm().tables().clear(cpu, fault.va());
        slot.put();
        fault.map(cpu, page);
        if (slot.references() == 0) {
            fault.memory().dropFromSwapCache(page);
        }
        return Next.DONE;
    }
}
