package svasim.cpu;

import svasim.pcie.fabric.DeferredAnswer;
import svasim.pcie.tlp.CompletionStatus;

/**
 * An ENQCMD or ENQCMDS whose deferrable write has left the core. The core waits for the answer; one
 * is under way from a core at most.
 */
public final class Enqueue implements Retirement, DeferredAnswer {
    private CompletionStatus status;
    private Runnable then;

    Enqueue() {}

    /** One that has left no core: ZF is 1. */
    static Enqueue deferred() {
        Enqueue enqueue = new Enqueue();
        enqueue.status = CompletionStatus.REQUEST_RETRY;
        return enqueue;
    }

    @Override
    public void answered(CompletionStatus answer, long nowPs) {
        status = answer;
        if (then != null) {
            then.run();
        }
    }

    @Override
    public boolean isDone() {
        return status != null;
    }

    /** Whether ZF is 0: the device has taken the descriptor; else it is to be tried again. */
    public boolean isAccepted() {
        return status == CompletionStatus.SUCCESS;
    }

    @Override
    public void whenDone(Runnable next) {
        then = next;
    }
}
