package svasim.os.program;

import svasim.os.mm.AddressTags;
import svasim.os.mm.Advice;
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

    /**
     * Opens a device.
     *
     * @param closeOnExec whether an exec closes it
     */
    record Open(String device, boolean closeOnExec) implements Step {
        public Open(String device) {
            this(device, false);
        }
    }

    /** Writes a pattern into a buffer. */
    record Fill(String buffer, Buffer.Fill fill) implements Step {}

    /** Tells the kernel how a buffer is going to be used. */
    record Advise(String buffer, Advice advice) implements Step {}

    /**
     * Moves a buffer, or the memory of a device, to another address.
     *
     * @param size afterwards; null for the same
     */
    record Remap(String target, ByteSize size) implements Step {}

    /** Pins the pages of a buffer, as a driver does for a device without page faults. */
    record Pin(String buffer) implements Step {}

    /** Lets go of the pages of a buffer. */
    record Unpin(String buffer) implements Step {}

    /** Has the kernel move a buffer's pages to other frames. */
    record Migrate(String buffer) implements Step {}

    /** One pass of NUMA balancing over a buffer. */
    record NumaScan(String buffer) implements Step {}

    /** Has the kernel reclaim memory, whoever owns it, as under memory pressure. */
    record Reclaim(ByteSize amount) implements Step {}

    /** Has the kernel kill the process with most memory. */
    record OomKill() implements Step {}

    /**
     * Has the cores ignore tags in addresses, and uses them in all of its own.
     *
     * @param tag in the pointers to its buffers
     * @param strip whether devices get pointers without them
     */
    record TagAddresses(AddressTags scheme, int tag, boolean strip) implements Step {}

    /** Has the kernel map memory for itself, under a name that all processes know. */
    record Vmalloc(String area, ByteSize size) implements Step {}

    /** Has the kernel free such memory. */
    record Vfree(String area) implements Step {}

    /**
     * Makes a process that is declared for this (clone).
     *
     * @param shareMemory CLONE_VM: it runs in the same address space; else in a copy
     * @param shareFiles CLONE_FILES: it has the same table of files; else a copy
     * @param untilExec CLONE_VFORK: the caller sleeps until the new process ends or calls exec
     */
    record Clone(String process, boolean shareMemory, boolean shareFiles, boolean untilExec)
            implements Step {}

    /** Goes on as another program, which is declared as a process. */
    record Exec(String process) implements Step {}

    /** Sends an open device to another process (SCM_RIGHTS). */
    record SendFile(String device, String to) implements Step {}

    /** Waits for an open device that somebody sends. */
    record ReceiveFile(String device) implements Step {}

    /** Uses the memory of another process from now on, as a reader of /proc/PID/mem does. */
    record Hold(String process) implements Step {}

    /** Does not use it any more. */
    record LetGo(String process) implements Step {}

    /** Sends a signal to a process. */
    record Send(String process, Signal signal) implements Step {}

    /** Unloads the driver of a device, which nobody may have open. */
    record Unload(String device) implements Step {}

    /** Takes a device away, whoever has it open (as a write to its "remove" file does). */
    record Remove(String device) implements Step {}

    /** Resets a device (Function Level Reset) while its bonds stay. */
    record Reset(String device) implements Step {}

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
