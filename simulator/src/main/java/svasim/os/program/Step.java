package svasim.os.program;

import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** One step of a program. Devices, buffers, jobs and processes are named. */
public sealed interface Step {
    /** Maps a buffer of the process that is not mapped, at a new address. */
    record MapBuffer(String buffer) implements Step {}

    /**
     * Maps the memory of an open device, for example a portal.
     *
     * @param size null for one page
     */
    record MapDevice(String device, ByteSize size) implements Step {}

    /**
     * Accesses every page of a buffer.
     *
     * @param write whether with stores, which change nothing, or with loads
     */
    record Touch(String buffer, boolean write) implements Step {}

    /** Unmaps a buffer or the memory of a device. */
    record Unmap(String target) implements Step {}

    /**
     * Changes what a buffer's pages permit.
     *
     * @param access bits of {@link svasim.paging.Access}
     */
    record Protect(String buffer, int access) implements Step {}

    /** Opens a device. */
    record Open(String device) implements Step {}

    /** Closes the descriptor of a device. */
    record Close(String device) implements Step {}

    /**
     * Gives work to an open device.
     *
     * @param as name of the job, for {@link Await}; null if nobody waits for it
     * @param work record of the device model's own type
     * @param retry what to do when a shared queue is full
     */
    record Submit(String to, String as, Object work, Retry retry) implements Step {
        public Submit(String to, String as, Object work) {
            this(to, as, work, Retry.defaults());
        }
    }

    /** Waits for a job of the process. */
    record Await(String job) implements Step {}

    /** Waits until a process has ended. */
    record AwaitProcess(String process) implements Step {}

    /** Sleeps. */
    record Sleep(Picoseconds time) implements Step {}

    /** Keeps a core busy. */
    record Compute(Picoseconds time) implements Step {}

    /** Sends SIGKILL to a process; it may be the own one. */
    record Kill(String process) implements Step {}

    /** Ends the process, with all of its threads. */
    record Exit() implements Step {}

    /** For people, for example {@code "touch src"}. */
    default String text() {
        return toString();
    }
}
