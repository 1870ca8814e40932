package svasim.os.process;

import svasim.os.mm.KernelMemory;
import svasim.os.procedure.Call;
import svasim.os.program.Step;

/** What programs have the kernel do to its own memory, as loading a module or a filter does. */
final class KernelCalls {
    private KernelCalls() {}

    /** Null for a step that is about something else. */
    static Call<?> call(Step step, UserThread thread) {
        if (step instanceof Step.Vmalloc vmalloc) {
            return vmalloc(vmalloc, thread);
        }
        return step instanceof Step.Vfree vfree ? vfree(vfree.area(), thread) : null;
    }

    private static Call<?> vmalloc(Step.Vmalloc step, UserThread thread) {
        KernelMemory kernel = Pointers.kernel(thread.process());
        if (kernel.isNamed(step.area())) {
            thread.process().failed(thread, "vmalloc " + step.area() + ": exists");
            return Call.nothing();
        }
        return kernel.vmalloc(step.area(), step.size().bytes());
    }

    private static Call<?> vfree(String area, UserThread thread) {
        KernelMemory kernel = Pointers.kernel(thread.process());
        if (kernel.area(area) == null) {
            thread.process().failed(thread, "vfree " + area + ": not mapped");
            return Call.nothing();
        }
        return kernel.vfree(area);
    }
}
