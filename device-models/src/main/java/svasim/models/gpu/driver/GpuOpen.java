package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.os.sva.BindRequest;

/** Opens the GPU: finds what the process has, or binds its address space. */
final class GpuOpen {
    private static final Procedure<GpuOpen> OF_PROCESS =
            Procedure.<GpuOpen>named("kfd_open")
                    .sleeping("drain cleanup work", 50_000, GpuOpen::drainCleanup)
                    .sleeping("find process", 50_000, GpuOpen::findProcess)
                    .sleeping("take queue", 50_000, GpuOpen::takeQueue)
                    .sleeping("iommu_sva_bind_device", 50_000, GpuOpen::bind)
                    .step("publish context", 50_000, GpuOpen::publish)
                    .build();

    private static final Procedure<GpuOpen> OF_FILE =
            Procedure.<GpuOpen>named("i915_gem_open")
                    .sleeping("take queue", 50_000, GpuOpen::takeQueue)
                    .sleeping("iommu_sva_bind_device", 50_000, GpuOpen::bind)
                    .step("publish context", 50_000, GpuOpen::publish)
                    .build();

    private final GpuDriver driver;
    private final OpenFile file;
    private int queue;
    private BindRequest request;
    private GpuContext context;

    private GpuOpen(GpuDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(GpuDriver driver, OpenFile file) {
        return new Call<>(driver.isOfProcess() ? OF_PROCESS : OF_FILE, new GpuOpen(driver, file));
    }

    /** A program that was executed anew must not meet what its predecessor has left. */
    private Next drainCleanup(Cpu cpu) {
        return Next.call(driver.contexts().drainCleanup());
    }

    private Next findProcess(Cpu cpu) {
        GpuContext known = driver.contexts().find(file.openedBy());
        if (known == null) {
            return Next.ON;
        }
        file.keep(known);
        return Next.DONE;
    }

    private Next takeQueue(Cpu cpu) {
        queue = driver.takeQueue();
        if (queue >= 0) {
            return Next.ON;
        }
        file.refuse(driver.name() + ": no queue is left");
        return Next.DONE;
    }

    private Next bind(Cpu cpu) {
        Mm mm = file.openedBy();
        Node holder = driver.isOfProcess() ? driver.contexts().node(mm) : file.node();
        request =
                new BindRequest(driver.host().device(), mm, holder)
                        .with(driver.subset())
                        .onExit((bond, maySleep) -> GpuStop.onExit(context, maySleep));
        return Next.call(driver.host().sva().bind(request));
    }

    private Next publish(Cpu cpu) {
        if (request.bond() == null) {
            driver.giveQueue(queue);
            file.refuse(request.refusal());
            return Next.DONE;
        }
        context = new GpuContext(driver, request.bond(), queue);
        file.keep(context);
        driver.contexts().add(context);
        return Next.DONE;
    }
}
