package svasim.models.dsa.device;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Status;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;

/**
 * A batch: fetches its list page by page and has the engines of the group carry the members out, in
 * any order but behind fences. A member behind a fence is not begun if one before it has failed. It
 * ends when all members that were begun have ended.
 */
final class Batch implements Execution, DmaClient {
    private final Engine engine;
    private final Work work;
    private final Queue<Work> members = new ArrayDeque<>();
    private byte[] list;
    private int fetched;
    private int outstanding;
    private int completed;
    private boolean fetching;
    private boolean failed;
    private boolean recordFailed;
    private boolean aborted;
    private boolean over;
    private CompletionRecord listFault;

    Batch(Engine engine, Work work) {
        this.engine = engine;
        this.work = work;
    }

    /** The batch descriptor. */
    Work work() {
        return work;
    }

    @Override
    public void begin(long nowPs) {
        if (!aborted) {
            fetch();
        }
        proceed(nowPs);
    }

    @Override
    public void abort(long nowPs) {
        aborted = true;
        members.clear();
        proceed(nowPs);
    }

    @Override
    public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
        fetching = false;
        if (status == DmaStatus.DISCARDED) {
            aborted = true;
        } else if (status != DmaStatus.OK) {
            listFault =
                    CompletionRecord.fault(Status.BATCH_LIST_FAULT, false, fetched, faultAddress);
        } else if (!aborted) {
            for (int at = 0; at < list.length; at += Descriptor.BYTES) {
                byte[] bytes = Arrays.copyOfRange(list, at, at + Descriptor.BYTES);
                members.add(work.member(engine.nextWork(), new Descriptor(bytes), this, fetched));
                fetched++;
            }
            engine.offer(this);
        }
        proceed(nowPs);
    }

    /**
     * The member that may begin now.
     *
     * @return null if there is none
     */
    Work next() {
        Work head = members.peek();
        boolean fenced = head != null && head.descriptor().has(Flags.FENCE);
        if (fenced && failed) {
            members.clear();
            return null;
        }
        return fenced && outstanding > 0 ? null : head;
    }

    /** {@link #next} begins. */
    void take() {
        members.remove();
        outstanding++;
    }

    /** A member has ended and its record is on its way. */
    void left(long nowPs, Outcome outcome) {
        outstanding--;
        completed++;
        failed |= outcome.isAborted() || outcome.record().status() != Status.SUCCESS;
        proceed(nowPs);
    }

    /**
     * The record of a member could not be written.
     *
     * @return whether that is the first thing to fail
     */
    boolean recordFailed() {
        boolean first = !recordFailed && !failed;
        recordFailed = true;
        return first;
    }

    /** Whether members may come that no engine has taken. */
    boolean isOver() {
        return over;
    }

    private void proceed(long nowPs) {
        next();
        boolean idle = outstanding == 0 && members.isEmpty() && !fetching;
        boolean more = fetched < count() && listFault == null && !aborted && !isCut();
        if (idle && more) {
            fetch();
        } else if (idle && !over) {
            over = true;
            engine.finished(nowPs, work, outcome());
        }
    }

    /** Members were left out at a fence: the rest stands behind it. */
    private boolean isCut() {
        return completed < fetched;
    }

    private void fetch() {
        long address = work.descriptor().source() + (long) fetched * Descriptor.BYTES;
        long wanted = (count() - fetched) * (long) Descriptor.BYTES;
        list = new byte[DmaRequest.bytesInPage(address, wanted)];
        fetching = true;
        engine.dma().read(engine.request(work, address, list, 0, list.length), this, 0);
    }

    private int count() {
        return (int) work.descriptor().size();
    }

    private Outcome outcome() {
        if (aborted) {
            return Outcome.ABORTED;
        }
        if (listFault != null) {
            return Outcome.of(listFault);
        }
        Status status = failed ? Status.BATCH_INCOMPLETE : Status.SUCCESS;
        return Outcome.of(new CompletionRecord(status, false, 0, completed, 0, 0, 0));
    }

    @Override
    public String waitingFor() {
        return fetching ? "its list" : outstanding + " members of the batch";
    }
}
