package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.device.Words;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/** The program's library writes a list of descriptors and hands in the batch. */
final class BatchSubmit {
    private static final int PAGE_BYTES = 4096;

    private static final Procedure<BatchSubmit> SUBMIT =
            Procedure.<BatchSubmit>named("dsa submit batch")
                    .sleeping("wait for an entry", 10_000, BatchSubmit::awaitEntry)
                    .sleeping("allocate list", 10_000, BatchSubmit::allocate)
                    .sleeping("begin list", 5_000, BatchSubmit::begin)
                    .sleeping("touch list", 1_000, BatchSubmit::touch)
                    .step("write list", 1_000, BatchSubmit::write)
                    .sleeping("next page of list", 1_000, BatchSubmit::next)
                    .sleeping("hand in", 1_000, BatchSubmit::handIn)
                    .build();

    private final DsaJob job;
    private long startPs;
    private ListMemory.Piece memory;
    private byte[] image;
    private int written;
    private UserAccess access;

    private BatchSubmit(DsaJob job) {
        this.job = job;
    }

    static Call<?> call(DsaJob job) {
        return new Call<>(SUBMIT, new BatchSubmit(job));
    }

    private Next awaitEntry(Cpu cpu) {
        startPs = startPs == 0 ? cpu.nowPs() : startPs;
        return UserSubmit.awaitEntry(job, cpu);
    }

    private Next allocate(Cpu cpu) {
        ListMemory lists = job.queue().lists();
        memory = lists.take(job.members().bytes());
        if (memory != null) {
            return Next.ON;
        }
        memory = lists.map(job.members().bytes());
        return Next.call(memory.mapping().call());
    }

    private Next begin(Cpu cpu) {
        job.members().place(memory.start());
        job.beginBatch(startPs, memory);
        image = job.members().image();
        return Next.ON;
    }

    private Next touch(Cpu cpu) {
        access = new UserAccess(job.queue().mm(), memory.start() + written, Access.WRITE);
        return Next.call(access.call());
    }

    private Next write(Cpu cpu) {
        if (access.failed()) {
            job.fail(cpu.nowPs(), "no memory for the list");
            return Next.DONE;
        }
        int end = Math.min(image.length, written + PAGE_BYTES);
        for (int from = written; written < end; written += Long.BYTES) {
            cpu.store(access.physical() + written - from, Words.u64(image, written));
        }
        return Next.ON;
    }

    private Next next(Cpu cpu) {
        return written < image.length ? Next.jump("touch list") : Next.ON;
    }

    private Next handIn(Cpu cpu) {
        job.queue().handedIn(job);
        return new HandIn(job).begin(cpu);
    }
}
