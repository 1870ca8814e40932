package svasim.os.mm;

import svasim.cpu.Core;
import svasim.cpu.Cpu;
import svasim.cpu.Tlb;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * A program's access to one page of its memory: TLB, walk, page fault. Afterwards the program reads
 * or writes at {@link #physical} with the core's loads and stores.
 */
public final class UserAccess {
    /** Stands for a physical address where the page is not there, or does not permit the access. */
    public static final long NOT_THERE = PageTables.ABSENT;

    private static final long FAULT_ENTRY_PS = 250_000;

    private static final Procedure<UserAccess> ACCESS =
            Procedure.<UserAccess>named("user access")
                    .sleeping("translate", 1_000, UserAccess::translate)
                    .sleeping("exc_page_fault", FAULT_ENTRY_PS, UserAccess::fault)
                    .sleeping("return to user", 150_000, UserAccess::again)
                    .build();

    private final Mm mm;
    private final long va;
    private final int access;
    private long physical = PageTables.ABSENT;
    private PageFault fault;

    /**
     * @param access wanted bits of {@link svasim.paging.Access}
     */
    public UserAccess(Mm mm, long va, int access) {
        this.mm = mm;
        this.va = mm.tags().untagged(va);
        this.access = access;
    }

    public Call<?> call() {
        return new Call<>(ACCESS, this);
    }

    /** Whether the access ended in a segmentation fault. */
    public boolean failed() {
        return physical == PageTables.ABSENT;
    }

    /** Physical address of the byte. */
    public long physical() {
        return physical;
    }

    /**
     * The same once more, at the moment of the load or store: between the access and this step the
     * page may have gone. A core that has lost the translation would walk again.
     *
     * @return {@link #NOT_THERE} if the access has to be made anew
     */
    public long physicalNow(Cpu cpu) {
        Core core = mm.platform().cores().of(cpu);
        long cached = core.space() == mm.id() ? core.tlb().lookup(va, access) : Tlb.MISS;
        return cached == Tlb.MISS ? mm.tables().access(cpu, va, access) : cached;
    }

    private Next translate(Cpu cpu) {
        Core core = mm.platform().cores().of(cpu);
        core.loadSpace(mm.id());
        physical = core.translate(va, access);
        if (physical != Tlb.MISS) {
            return Next.DONE;
        }
        physical = mm.tables().access(cpu, va, access);
        if (physical == PageTables.ABSENT) {
            return Next.ON;
        }
        core.tlb().fill(va, physical, Access.READ | access);
        return Next.DONE;
    }

    private Next fault(Cpu cpu) {
        mm.platform().trace().tell(Kind.CPU_FAULT, mm.lane(), mm.id(), va, access);
        fault = new PageFault(mm, va, access);
        return Next.call(fault.call());
    }

    private Next again(Cpu cpu) {
        return fault.isResolved() ? Next.jump("translate") : Next.DONE;
    }
}
