package svasim.os.mm;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Frees the kernel's page tables that have been parked: in a worker, since whoever takes such a
 * table out cannot wait for IOMMUs. All tables together cost one invalidation of each address space
 * that has notifiers; those who bind later never knew the tables.
 */
final class KernelTableFree {
    private static final Procedure<KernelTableFree> FREE =
            Procedure.<KernelTableFree>named("kernel_pgtable_work_func")
                    .sleeping("take the list", 50_000, KernelTableFree::begin)
                    .sleeping(
                            "iommu_sva_invalidate_kva_range",
                            50_000,
                            KernelTableFree::invalidateNext)
                    .step("free", 50_000, KernelTableFree::free)
                    .build();

    private final KernelTables kernel;
    private List<Long> tables;
    private Iterator<Mm> spaces;

    private KernelTableFree(KernelTables kernel) {
        this.kernel = kernel;
    }

    static Call<?> call(KernelTables kernel) {
        return new Call<>(FREE, new KernelTableFree(kernel));
    }

    private Next begin(Cpu cpu) {
        tables = kernel.takeParked();
        spaces = kernel.spaces().iterator();
        return Next.ON;
    }

    private Next invalidateNext(Cpu cpu) {
        if (!spaces.hasNext()) {
            return Next.ON;
        }
        Mm mm = spaces.next();
        return mm.notifiers().isEmpty()
                ? Next.AGAIN
                : new Next.EnterAgain(TlbFlush.ofSecondaryOnly(mm));
    }

    private Next free(Cpu cpu) {
        tables.forEach(kernel.platform().frames()::free);
        return Next.DONE;
    }
}
