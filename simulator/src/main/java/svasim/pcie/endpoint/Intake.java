package svasim.pcie.endpoint;

import java.util.function.Consumer;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.Tlp;

/**
 * The way of completions from the port of the function to its DMA engine. Their room is reserved
 * before they are asked for, so that the link never waits for them; other packets pass them.
 */
final class Intake {
    private static final int HEADER_BYTES = 12;

    private final Kernel kernel;
    private final IntakeConfig config;
    private final Consumer<Tlp.Completion> taken;
    private final CompletionQueue queue;
    private long freePs;

    /**
     * @param config null for a function that is as fast as its link
     */
    Intake(Kernel kernel, IntakeConfig config, Consumer<Tlp.Completion> taken) {
        this.kernel = kernel;
        this.config = config;
        this.taken = taken;
        this.queue = new CompletionQueue(kernel, taken);
    }

    void add(Tlp.Completion completion) {
        if (config == null) {
            taken.accept(completion);
            return;
        }
        long bytes = HEADER_BYTES + (long) completion.payloadBytes();
        freePs = Math.max(freePs, kernel.nowPs()) + config.timePs(bytes);
        queue.add(completion, freePs);
    }

    void reset() {
        queue.reset();
    }
}
