package svasim.pcie.endpoint;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.Tlp;

/**
 * A queue of translation completions within a device, which Invalidate Requests pass without a look
 * into it: the erratum of devices that have to be told of each invalidation twice.
 */
final class LateAnswers implements EventHandler {
    private final Kernel kernel;
    private final long delayPs;
    private final Consumer<Tlp.Completion> taken;
    private final Queue<Tlp.Completion> queue = new ArrayDeque<>();

    /** Answers that a reset has thrown away, and whose events are still to come. */
    private int forgotten;

    /**
     * @param delayPs how long an answer stands in the queue; 0 for a device without it
     * @param taken is given each answer in the end
     */
    LateAnswers(Kernel kernel, long delayPs, Consumer<Tlp.Completion> taken) {
        this.kernel = kernel;
        this.delayPs = delayPs;
        this.taken = taken;
    }

    void add(Tlp.Completion completion) {
        if (delayPs == 0) {
            taken.accept(completion);
            return;
        }
        queue.add(completion);
        kernel.after(delayPs, this, 0, 0);
    }

    void reset() {
        forgotten += queue.size();
        queue.clear();
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        if (forgotten > 0) {
            forgotten--;
        } else {
            taken.accept(queue.remove());
        }
    }
}
