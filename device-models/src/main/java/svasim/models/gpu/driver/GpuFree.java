package svasim.models.gpu.driver;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Unbinds, and gives the queue of a context back, which is off. */
final class GpuFree {
    private static final Procedure<GpuContext> FREE =
            Procedure.<GpuContext>named("gpu_context_free")
                    .sleeping("drain interrupts", 50_000, GpuFree::drainInterrupts)
                    .sleeping("forget context", 50_000, GpuFree::forget)
                    .sleeping("iommu_sva_unbind_device", 50_000, GpuFree::unbind)
                    .sleeping("give queue back", 50_000, GpuFree::giveBack)
                    .build();

    private GpuFree() {}

    static Call<?> call(GpuContext context) {
        return new Call<>(FREE, context);
    }

    /** What the ring still says of this PASID must not be taken for a word of its next owner. */
    private static Next drainInterrupts(GpuContext context, Cpu cpu) {
        boolean forgets = context.driver().host().platform().defects().has(Defect.S28);
        return forgets ? Next.ON : Next.call(context.driver().interrupts().drain());
    }

    /** Nobody brings memory near or puts queues back any more; what is near comes back. */
    private static Next forget(GpuContext context, Cpu cpu) {
        GpuDriver driver = context.driver();
        driver.contexts().remove(context);
        List<Call<?>> calls = new ArrayList<>();
        calls.add(driver.migrations().flush());
        calls.add(driver.restores().flush());
        if (context.space() != null) {
            calls.add(context.space().end());
        }
        if (context.userQueues() != null) {
            calls.add(context.mm().unregister(context.userQueues()));
        }
        calls.add(context.unpinMemory());
        return Next.call(Call.sequence(calls));
    }

    private static Next unbind(GpuContext context, Cpu cpu) {
        return Next.call(context.driver().host().sva().unbind(context.bond()));
    }

    private static Next giveBack(GpuContext context, Cpu cpu) {
        context.driver().giveQueue(context.queue());
        return Next.DONE;
    }
}
