package svasim.cli;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import svasim.kernel.Kernel;
import svasim.sweep.SweepRun;

/**
 * Lets a command that a signal interrupts come to an end in order: its kernels are stopped, and the
 * process waits a moment for what was measured to be written. It is to be open before the first
 * file is written.
 */
final class Interruption implements SweepRun.Stop, AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "interruption");
    private boolean requested;

    /** Weak: a run that has ended is of no interest any more. */
    private final Set<Kernel> kernels = Collections.newSetFromMap(new WeakHashMap<>());

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A kernel that is stopped with the others; at once if the signal has come already. */
    synchronized void stops(Kernel running) {
        kernels.add(running);
        if (requested) {
            running.stop();
        }
    }

    /** Whether a signal has come, or the command has asked for it itself. */
    @Override
    public synchronized boolean isRequested() {
        return requested;
    }

    @Override
    public synchronized void request() {
        requested = true;
        kernels.forEach(Kernel::stop);
    }

    /** Runs when a signal ends the process, whichever it is; the exit code is the same for all. */
    private void end() {
        request();
        try {
            done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
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
