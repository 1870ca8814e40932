package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Status;
import svasim.os.file.Job.Waiting;
import svasim.os.file.JobResult;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * The program's library looks, in a batch that has not done all, at the record of each member in
 * turn: one that stopped at a missing page is continued, and one that was not begun because of it
 * is handed in, each by itself and before the next.
 */
final class BatchRest {
    private static final Procedure<BatchRest> REST =
            Procedure.<BatchRest>named("dsa batch rest")
                    .sleeping("load member's record", 1_000, BatchRest::load)
                    .sleeping("check member", 2_000, BatchRest::check)
                    .sleeping("wait for member", 1_000, BatchRest::await)
                    .sleeping("next member", 1_000, BatchRest::note)
                    .build();

    private final DsaJob batch;
    private final Waiting thread;
    private RecordAccess record;
    private DsaJob member;
    private int number;
    private long bytes;
    private String failure;

    private BatchRest(DsaJob batch, Waiting thread) {
        this.batch = batch;
        this.thread = thread;
    }

    static Call<?> call(DsaJob batch, Waiting thread) {
        return new Call<>(REST, new BatchRest(batch, thread));
    }

    private Next load(Cpu cpu) {
        if (number == batch.members().count()) {
            batch.endBatch(cpu.nowPs(), failure, bytes);
            return Next.DONE;
        }
        member = batch.member(number, cpu.nowPs());
        record = new RecordAccess(member);
        return Next.call(record.call());
    }

    private Next check(Cpu cpu) {
        if (record.failed()) {
            batch.fail(cpu.nowPs(), "record not readable");
            return Next.DONE;
        }
        CompletionRecord found = record.load(cpu);
        if (found.status() == Status.NONE && failure != null) {
            return Next.jump("next member");
        }
        if (found.status() == Status.NONE) {
            return Next.call(UserSubmit.again(member));
        }
        if (!member.mayResume(found)) {
            member.settle(found);
        }
        return Next.ON;
    }

    private Next await(Cpu cpu) {
        return Next.call(member.await(thread));
    }

    private Next note(Cpu cpu) {
        JobResult result = member.result();
        if (thread.signalPending() && result == null) {
            return Next.DONE;
        }
        if (result != null) {
            bytes += result.bytes();
            failure = result.good() || failure != null ? failure : result.status();
        }
        number++;
        return Next.jump("load member's record");
    }
}
