package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.device.Words;
import svasim.models.gpu.layout.Packet;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/** The program's library writes a packet into the ring, its header last, and rings the doorbell. */
final class UserSubmit {
    private static final Procedure<UserSubmit> SUBMIT =
            Procedure.<UserSubmit>named("gpu submit")
                    .sleeping("create queue", 10_000, UserSubmit::createQueue)
                    .sleeping("take ring", 5_000, UserSubmit::lock)
                    .sleeping("wait for room", 10_000, UserSubmit::awaitRoom)
                    .sleeping("touch ring", 5_000, UserSubmit::touchRing)
                    .sleeping("touch signal", 5_000, UserSubmit::touchSignal)
                    .sleeping("write packet", 20_000, UserSubmit::write)
                    .sleeping("ring doorbell", 1_000, UserSubmit::ring)
                    .build();

    private final GpuJob job;
    private final GpuContext context;
    private UserAccess packet;
    private UserAccess signal;

    private UserSubmit(GpuJob job) {
        this.job = job;
        this.context = job.context();
    }

    static Call<?> call(GpuJob job) {
        return new Call<>(SUBMIT, new UserSubmit(job));
    }

    private Next createQueue(Cpu cpu) {
        job.begin(cpu.nowPs());
        return context.isMapped() || context.isStopped()
                ? Next.ON
                : Next.call(CreateQueue.call(context));
    }

    private Next lock(Cpu cpu) {
        return context.ringLock().take(this);
    }

    private Next awaitRoom(Cpu cpu) {
        if (context.isStopped()) {
            return fail(cpu, "the queue has been taken off");
        }
        return context.hasRoom() ? Next.ON : Next.AGAIN;
    }

    private Next touchRing(Cpu cpu) {
        packet = new UserAccess(context.mm(), context.nextPacket(), Access.WRITE);
        return Next.call(packet.call());
    }

    private Next touchSignal(Cpu cpu) {
        signal = new UserAccess(context.mm(), context.nextSignal(), Access.WRITE);
        return Next.call(signal.call());
    }

    private Next write(Cpu cpu) {
        if (packet.failed() || signal.failed()) {
            return fail(cpu, "no memory for the packet");
        }
        cpu.store(signal.physical(), Packet.PENDING);
        byte[] bytes = job.packet(context.nextSignal()).toBytes();
        for (int offset = bytes.length - Long.BYTES; offset >= 0; offset -= Long.BYTES) {
            if (offset == 0) {
                cpu.storeBarrier();
            }
            cpu.store(packet.physical() + offset, Words.u64(bytes, offset));
        }
        return Next.ON;
    }

    private Next ring(Cpu cpu) {
        cpu.storeBarrier();
        long count = context.submit();
        cpu.writeMmio(context.driver().doorbell(context.queue()), Long.BYTES, count);
        context.ringLock().give(this);
        return Next.DONE;
    }

    private Next fail(Cpu cpu, String why) {
        job.fail(cpu.nowPs(), why);
        context.ringLock().give(this);
        return Next.DONE;
    }
}
