package svasim.os.mm;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** vmalloc: addresses, memory, mapping. A huge page takes the place of a table that is empty. */
final class Vmalloc {
    private static final Procedure<Vmalloc> VMALLOC =
            Procedure.<Vmalloc>named("vmalloc")
                    .sleeping("alloc_vmap_area", 400_000, Vmalloc::reserve)
                    .step("pmd_free_pte_page", 100_000, Vmalloc::takeTables)
                    .step("pagetable_free_kernel", 50_000, Vmalloc::freeTables)
                    .step("vmap_pages_range", 200_000, Vmalloc::map)
                    .step("arch_sync_kernel_mappings", 50_000, Vmalloc::synchronise)
                    .build();

    private final KernelMemory kernel;
    private final String name;
    private final long bytes;
    private KernelArea area;
    private List<Long> replaced;

    private Vmalloc(KernelMemory kernel, String name, long bytes) {
        this.kernel = kernel;
        this.name = name;
        this.bytes = bytes;
    }

    static Call<?> call(KernelMemory kernel, String name, long bytes) {
        return new Call<>(VMALLOC, new Vmalloc(kernel, name, bytes));
    }

    private Next reserve(Cpu cpu) {
        area = kernel.reserve(name, bytes);
        return Next.ON;
    }

    private Next takeTables(Cpu cpu) {
        replaced = kernel.tables().takeTables(cpu, area);
        cpu.fullBarrier();
        return Next.ON;
    }

    private Next freeTables(Cpu cpu) {
        kernel.tables().free(replaced);
        return Next.ON;
    }

    private Next map(Cpu cpu) {
        kernel.tables().map(cpu, area);
        return Next.ON;
    }

    private Next synchronise(Cpu cpu) {
        kernel.tables().synchronise(cpu);
        kernel.mapped(area);
        return Next.DONE;
    }
}
