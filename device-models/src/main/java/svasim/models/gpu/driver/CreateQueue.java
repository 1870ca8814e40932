package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.models.gpu.layout.Register;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.pcie.tlp.PasidPrefix;

/** The library reserves memory for a queue, and an ioctl tells the hardware of it. */
final class CreateQueue {
    private static final Procedure<CreateQueue> CREATE =
            Procedure.<CreateQueue>named("kfd_create_queue")
                    .sleeping("take registers", 50_000, CreateQueue::lock)
                    .sleeping("reserve memory", 100_000, CreateQueue::reserve)
                    .sleeping("pin memory", 50_000, CreateQueue::pin)
                    .step("map queue", 200_000, CreateQueue::map)
                    .build();

    private final GpuContext context;

    private CreateQueue(GpuContext context) {
        this.context = context;
    }

    static Call<?> call(GpuContext context) {
        return new Call<>(CREATE, new CreateQueue(context));
    }

    /** Another thread may have been faster: a context has one queue. */
    private Next reserve(Cpu cpu) {
        if (context.isMapped()) {
            context.driver().registerLock().give(this);
            return Next.DONE;
        }
        return Next.call(context.mapMemory().call());
    }

    /** Where the device cannot ask for pages, or must be able to save at any time. */
    private Next pin(Cpu cpu) {
        return context.driver().pinsQueues() ? Next.call(context.pinMemory()) : Next.ON;
    }

    private Next lock(Cpu cpu) {
        return context.driver().registerLock().take(this);
    }

    private Next map(Cpu cpu) {
        GpuDriver driver = context.driver();
        if (!context.isStopped()) {
            int pasid = context.bond().requestPasid();
            driver.write(cpu, Register.QUEUE, context.queue());
            driver.write(cpu, Register.RING_BASE, context.ring());
            driver.write(cpu, Register.RING_SIZE, GpuContext.PACKETS);
            driver.write(cpu, Register.READ_POINTER, context.readPointer());
            driver.write(
                    cpu, Register.PASID, pasid == PasidPrefix.NONE ? Register.NO_PASID : pasid);
            driver.write(cpu, Register.SAVE_AREA, context.saveArea());
            driver.write(cpu, Register.SAVE_BYTES, driver.saveBytes());
            driver.write(cpu, Register.COMMAND, Register.MAP_QUEUE);
            context.mapped(true);
        }
        driver.registerLock().give(this);
        return Next.DONE;
    }
}
