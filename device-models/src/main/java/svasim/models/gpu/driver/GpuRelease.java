package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Release of a file: ends its context, unless that is the process's. */
final class GpuRelease {
    private static final Procedure<GpuRelease> RELEASE =
            Procedure.<GpuRelease>named("i915_gem_close")
                    .sleeping("drain queue", 50_000, GpuRelease::drain)
                    .sleeping("free context", 50_000, GpuRelease::free)
                    .build();

    private final OpenFile file;
    private final GpuContext context;

    private GpuRelease(OpenFile file) {
        this.file = file;
        context = file.context(GpuContext.class);
    }

    static Call<?> call(GpuDriver driver, OpenFile file) {
        return driver.isOfProcess() ? Call.nothing() : new Call<>(RELEASE, new GpuRelease(file));
    }

    private Next drain(Cpu cpu) {
        return context == null ? Next.DONE : Next.call(GpuStop.drain(context));
    }

    private Next free(Cpu cpu) {
        file.keep(null);
        return Next.call(GpuFree.call(context));
    }
}
