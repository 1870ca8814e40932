package svasim.guest;

import svasim.os.Os;
import svasim.os.process.Process;
import svasim.os.task.Priority;
import svasim.os.task.Task;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/**
 * Looks, after each task of a guest that ends or waits, whether anything is left to do there: every
 * process has ended, and the threads of the kernel have no work.
 *
 * @param idle called each time when nothing is
 */
record IdleWatch(Os os, Runnable idle) implements TraceListener {
    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.TASK_ENDED || kind == Kind.TASK_WAITS;
    }

    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        if (os.processes().stream().allMatch(Process::hasEnded)
                && os.platform().scheduler().tasks().stream().allMatch(IdleWatch::isAtRest)) {
            idle.run();
        }
    }

    private static boolean isAtRest(Task task) {
        boolean ofKernel = task.priority() != Priority.USER;
        return task.state() == Task.State.ENDED || ofKernel && task.isAtRest();
    }
}
