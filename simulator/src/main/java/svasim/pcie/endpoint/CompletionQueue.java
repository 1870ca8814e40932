package svasim.pcie.endpoint;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.Tlp;

/** Completions that stand for a while within a device, in the order of their arrival. */
final class CompletionQueue implements EventHandler {
    private final Kernel kernel;
    private final Consumer<Tlp.Completion> taken;
    private final Queue<Tlp.Completion> queue = new ArrayDeque<>();

    /** Completions that a reset has thrown away, and whose events are still to come. */
    private int forgotten;

    /**
     * @param taken is given each completion in the end
     */
    CompletionQueue(Kernel kernel, Consumer<Tlp.Completion> taken) {
        this.kernel = kernel;
        this.taken = taken;
    }

    /**
     * @param duePs when it is taken out; not before those ahead of it
     */
    void add(Tlp.Completion completion, long duePs) {
        queue.add(completion);
        kernel.at(duePs, this, 0, 0);
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
