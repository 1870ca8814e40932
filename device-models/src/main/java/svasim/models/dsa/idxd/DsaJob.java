package svasim.models.dsa.idxd;

import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.operation.Continuation;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.Work;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.program.Retry;
import svasim.trace.Kind;

/** Work of a program: one descriptor after another, until nothing of it is left. */
final class DsaJob implements Job {
    private final UserQueue queue;
    private final Work request;
    private final DsaWork work;

    /** Null unless it is a batch. */
    private final Members members;

    private Descriptor descriptor;
    private ListMemory.Piece lists;
    private boolean partial;
    private long record;
    private boolean ownRecord;
    private long startPs;
    private long completed;
    private JobResult result;

    /**
     * One descriptor.
     *
     * @param prepared everything but the address of the record
     */
    DsaJob(UserQueue queue, Work request, DsaWork work, Descriptor.Builder prepared) {
        this.queue = queue;
        this.request = request;
        this.work = work;
        this.members = null;
        this.descriptor = prepared.build();
    }

    /** A batch. */
    DsaJob(UserQueue queue, Work request, Members members) {
        this.queue = queue;
        this.request = request;
        this.work = request.as(DsaWork.class);
        this.members = members;
        this.descriptor = members.descriptor().build();
    }

    @Override
    public Call<?> await(Waiting thread) {
        return UserWait.call(this, thread);
    }

    @Override
    public JobResult result() {
        return result;
    }

    UserQueue queue() {
        return queue;
    }

    boolean isBatch() {
        return members != null;
    }

    Members members() {
        return members;
    }

    /** A member of the batch as a job of its own, with the record that it has in the batch. */
    DsaJob member(int number, long nowPs) {
        DsaJob member = new DsaJob(queue, request, members.work(number), members.member(number));
        member.begin(nowPs, members.record(number));
        return member;
    }

    /** Whether another address space hands it in than the one that opened the file. */
    boolean isForeign() {
        return request.mm() != queue.mm();
    }

    /** PASID of the address space that hands it in, if another one has opened the file. */
    int callersPasid(int pasid) {
        return isForeign() ? request.mm().pasid() : pasid;
    }

    /** Tells the trace of a descriptor that carries a PASID. */
    void enqueued(int pasid) {
        Mm mm = request.mm();
        mm.tell(Kind.ENQUEUED, pasid, mm.id(), callersPasid(pasid));
    }

    /** What the program does when a shared queue is full. */
    Retry retry() {
        return request.retry();
    }

    /** The thread that hands it in. */
    Waiting thread() {
        return request.thread();
    }

    /** The descriptor to be handed in, or handed in last. */
    Descriptor descriptor() {
        return descriptor;
    }

    /** The record lies in a buffer of the program, which nobody touches before. */
    void ownRecord(long address) {
        record = address;
        ownRecord = true;
    }

    boolean hasOwnRecord() {
        return ownRecord;
    }

    /** Virtual address of the completion record. */
    long record() {
        return record;
    }

    void begin(long nowPs, long recordAddress) {
        startPs = nowPs;
        record = recordAddress;
        descriptor = descriptor.toBuilder().completionAddress(recordAddress).build();
    }

    /** List and records lie in memory that is given back when the batch has ended. */
    void beginBatch(long nowPs, ListMemory.Piece memory) {
        lists = memory;
        descriptor = members.descriptor().build();
        begin(nowPs, members.record(members.count()));
    }

    long startPs() {
        return startPs;
    }

    /** Whether the program goes on by itself after this record. */
    boolean mayResume(CompletionRecord found) {
        boolean missing = found.status() == Status.PAGE_FAULT;
        long left = descriptor.size() - found.bytesCompleted();
        boolean list = found.status() == Status.BATCH_LIST_FAULT && left > 1;
        return (missing || list) && work.resume();
    }

    /** Whether it is a batch of which members have to be looked at after this record. */
    boolean hasMembersToLookAt(CompletionRecord found) {
        boolean incomplete =
                found.status() == Status.BATCH_INCOMPLETE
                        || found.status() == Status.BATCH_LIST_FAULT;
        return isBatch() && (incomplete || partial);
    }

    /** Goes over to the descriptor for the rest. */
    void resume(CompletionRecord found) {
        queue.statistics().resumed();
        completed += found.bytesCompleted();
        descriptor = Continuation.rest(descriptor, found);
        partial = true;
    }

    /** Members of the batch have been looked at; none has failed if there is no failure. */
    void endBatch(long nowPs, String failure, long bytes) {
        boolean good = failure == null;
        end(nowPs, new JobResult(good ? Status.SUCCESS.text() : failure, good, bytes));
    }

    /** The record of a member of a batch is final; the batch counts, not the member. */
    void settle(CompletionRecord found) {
        result = resultOf(found);
    }

    /** The program has seen the final record. */
    void end(long nowPs, CompletionRecord found) {
        boolean good = found.status() == Status.SUCCESS;
        if (work.op() == DsaWork.Operation.CREATE_DELTA) {
            queue.madeDelta(good && completed == 0 ? found.specific() : 0);
        }
        end(nowPs, resultOf(found));
    }

    private JobResult resultOf(CompletionRecord found) {
        boolean good = found.status() == Status.SUCCESS;
        long bytes = isBatch() ? 0 : completed + found.bytesCompleted();
        return new JobResult(
                found.status().text(), good, isBatch() && good ? members.workload() : bytes);
    }

    /** It has not been carried out, or nobody can see that it was. */
    void fail(long nowPs, String why) {
        end(nowPs, new JobResult(why, false, 0));
    }

    private void end(long nowPs, JobResult outcome) {
        result = outcome;
        if (lists != null) {
            queue.lists().give(lists);
        }
        queue.statistics().ended(startPs, nowPs, outcome.good());
    }
}
