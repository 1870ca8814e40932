package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** vfree: the mapping goes, then its memory; the tables stay for the next one. */
final class Vfree {
    private static final Procedure<Vfree> VFREE =
            Procedure.<Vfree>named("vfree")
                    .sleeping("vunmap_range", 200_000, Vfree::unmap)
                    .step("free pages", 100_000, Vfree::free)
                    .build();

    private final KernelMemory kernel;
    private final KernelArea area;

    private Vfree(KernelMemory kernel, KernelArea area) {
        this.kernel = kernel;
        this.area = area;
    }

    static Call<?> call(KernelMemory kernel, KernelArea area) {
        return new Call<>(VFREE, new Vfree(kernel, area));
    }

    private Next unmap(Cpu cpu) {
        kernel.tables().unmap(cpu, area);
        cpu.fullBarrier();
        return Next.ON;
    }

    private Next free(Cpu cpu) {
        kernel.release(area);
        return Next.DONE;
    }
}
