package svasim.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import svasim.kernel.Kernel;

/**
 * Lets a run that is interrupted from outside come to an end in order: the kernel is stopped, and
 * the process waits a moment for what was measured to be written.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "interruption");
    private volatile Kernel kernel;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void stops(Kernel running) {
        kernel = running;
    }

    private void stop() {
        if (kernel == null) {
            return;
        }
        kernel.stop();
        try {
            done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, which is what the hook is for.
            return;
        }
    }
}
