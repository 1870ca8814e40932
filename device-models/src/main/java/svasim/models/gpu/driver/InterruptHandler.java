package svasim.models.gpu.driver;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.device.Words;
import svasim.models.gpu.layout.InterruptEntry;
import svasim.models.gpu.layout.Register;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.WorkQueue;

/**
 * The ring of interrupt entries. The interrupt only wakes a worker, which reads what is new and has
 * faults handled.
 */
final class InterruptHandler {
    private static final int ENTRIES = 128;
    private static final int PAGE_SHIFT = 12;

    private static final Procedure<InterruptHandler> SET_UP =
            Procedure.<InterruptHandler>named("gpu_probe")
                    .sleeping("allocate IH ring", 100_000, InterruptHandler::allocate)
                    .sleeping("enable interrupts", 100_000, InterruptHandler::enable)
                    .build();

    private static final Procedure<InterruptHandler> AGAIN =
            Procedure.<InterruptHandler>named("gpu_slot_reset")
                    .sleeping("begin ring anew", 50_000, InterruptHandler::beginAnew)
                    .sleeping("enable interrupts", 100_000, InterruptHandler::enable)
                    .build();

    private static final Procedure<InterruptHandler> TEAR_DOWN =
            Procedure.<InterruptHandler>named("gpu_remove")
                    .sleeping("disable interrupts", 100_000, InterruptHandler::disable)
                    .sleeping("free IH ring", 100_000, InterruptHandler::free)
                    .build();

    private static final Procedure<InterruptHandler> DRAIN =
            Procedure.<InterruptHandler>named("gpu_ih_process")
                    .sleeping("read write pointer", 100_000, InterruptHandler::readPointer)
                    .sleeping("take entry", 50_000, InterruptHandler::takeEntry)
                    .sleeping("next entry", 5_000, (frame, cpu) -> Next.jump("take entry"))
                    .build();

    private final GpuDriver driver;
    private final DmaBuffer ring;
    private final WorkQueue worker;
    private final WorkQueue faults;
    private Interrupts.Message message;
    private boolean pending;
    private long read;
    private long written;

    InterruptHandler(GpuDriver driver) {
        this.driver = driver;
        ring =
                new DmaBuffer(
                        driver.host().device(), (long) ENTRIES * InterruptEntry.BYTES, PAGE_SHIFT);
        worker = queue("ih");
        faults = queue("fault");
    }

    Call<?> setUp() {
        return new Call<>(SET_UP, this);
    }

    /** The device has been reset, and has forgotten where its ring is. */
    Call<?> setUpAgain() {
        return new Call<>(AGAIN, this);
    }

    Call<?> tearDown() {
        return new Call<>(TEAR_DOWN, this);
    }

    /** Reads all that the device has written until now, and waits until it is handled. */
    Call<?> drain() {
        Call<?> read = new Call<>(DRAIN, this);
        return Call.sequence(List.of(read, worker.flush(), faults.flush()));
    }

    private WorkQueue queue(String name) {
        return new WorkQueue(
                driver.host().name() + "_" + name, 1, driver.host().platform().scheduler());
    }

    private Next allocate(Cpu cpu) {
        return Next.call(driver.host().dma().map(ring));
    }

    private Next beginAnew(Cpu cpu) {
        read = 0;
        written = 0;
        return Next.ON;
    }

    private Next enable(Cpu cpu) {
        if (message == null) {
            message =
                    driver.host()
                            .interrupts()
                            .allocate(driver.host().name() + " ih", 0, this::interrupt);
        }
        driver.write(cpu, Register.MESSAGE_ADDRESS, message.address());
        driver.write(cpu, Register.MESSAGE_DATA, message.data());
        driver.write(cpu, Register.INTERRUPT_BASE, ring.iova());
        driver.write(cpu, Register.INTERRUPT_SIZE, ENTRIES);
        return Next.DONE;
    }

    private Next disable(Cpu cpu) {
        driver.write(cpu, Register.INTERRUPT_SIZE, 0);
        return Next.ON;
    }

    private Next free(Cpu cpu) {
        return Next.call(driver.host().dma().unmap(ring));
    }

    private void interrupt(long nowPs) {
        if (!pending) {
            pending = true;
            worker.add(new Call<>(DRAIN, this));
        }
    }

    private Next readPointer(Cpu cpu) {
        pending = false;
        written = driver.read(cpu, Register.INTERRUPT_WRITE);
        return Next.ON;
    }

    private void bringNear(InterruptEntry entry) {
        for (GpuContext context : driver.contexts().find(entry.pasid())) {
            if (context.space() != null && !context.isStopped()) {
                driver.migrations().add(context.space().bringNear(entry.address()));
                return;
            }
        }
    }

    private Next takeEntry(Cpu cpu) {
        if (read == written) {
            driver.write(cpu, Register.INTERRUPT_READ, read);
            return Next.DONE;
        }
        long at = ring.physical(read++ % ENTRIES * InterruptEntry.BYTES);
        byte[] bytes = new byte[InterruptEntry.BYTES];
        for (int offset = 0; offset < bytes.length; offset += Long.BYTES) {
            Words.put(bytes, offset, Long.BYTES, cpu.load(at + offset));
        }
        InterruptEntry entry = InterruptEntry.of(bytes);
        if (entry.source() == InterruptEntry.RETRY_FAULT) {
            faults.add(RetryFault.call(driver, entry));
        } else if (entry.source() == InterruptEntry.ACCESS_COUNTER) {
            bringNear(entry);
        }
        return Next.ON;
    }
}
