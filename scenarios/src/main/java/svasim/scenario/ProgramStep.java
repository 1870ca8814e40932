package svasim.scenario;

import java.util.Set;
import svasim.os.program.Retry;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/** A step of a program as scenario files write it; names are those of system calls. */
public sealed interface ProgramStep permits ProgramStep.Plain, MemoryStep, ProcessStep {
    /** Steps that nearly every program has. */
    sealed interface Plain extends ProgramStep {}

    /**
     * What the operating system runs.
     *
     * @param devices names of all devices
     */
    Step step(Set<String> devices);

    /**
     * Maps a buffer that is not mapped, or the memory of an open device.
     *
     * @param target buffer of the process, or a device that it has open
     * @param size how much of the memory of a device; absent, as much as its driver maps. A buffer
     *     has a size of its own
     */
    record Mmap(String target, ByteSize size) implements Plain {
        public Mmap {
            required("target", target, "a buffer or a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return devices.contains(target)
                    ? new Step.MapDevice(target, size)
                    : new Step.MapBuffer(target);
        }
    }

    /**
     * Accesses every page of a buffer, with stores unless it says otherwise.
     *
     * @param buffer buffer of the process that runs the step
     * @param with kind of access; stores by default
     */
    record Touch(String buffer, Direction with) implements Plain {
        /** Kind of access. */
        public enum Direction {
            LOADS,
            STORES
        }

        public Touch {
            required("buffer", buffer, "a buffer");
            with = with == null ? Direction.STORES : with;
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Touch(buffer, with == Direction.STORES);
        }
    }

    /**
     * Unmaps a buffer or the memory of a device.
     *
     * @param target buffer of the process, or a device whose memory it has mapped
     */
    record Munmap(String target) implements Plain {
        public Munmap {
            required("target", target, "a buffer or a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Unmap(target);
        }
    }

    /**
     * Changes what a buffer permits.
     *
     * @param buffer buffer of the process that runs the step
     * @param access what is permitted afterwards
     */
    record Mprotect(String buffer, Protection access) implements Plain {
        /** What is permitted afterwards. */
        public enum Protection {
            NONE(0),
            READ(Access.READ),
            READ_WRITE(Access.READ | Access.WRITE),
            READ_EXECUTE(Access.READ | Access.EXECUTE);

            private final int bits;

            Protection(int bits) {
                this.bits = bits;
            }
        }

        public Mprotect {
            required("buffer", buffer, "a buffer");
            Require.that(access != null, "access", access, "none, read, read-write, read-execute");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Protect(buffer, access.bits);
        }
    }

    /**
     * Opens a device.
     *
     * @param device device that is opened
     * @param closeOnExec whether an exec closes it; not, unless it is said
     */
    record Open(String device, Boolean closeOnExec) implements Plain {
        public Open {
            required("device", device, "a device");
            closeOnExec = closeOnExec != null && closeOnExec;
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Open(device, closeOnExec);
        }
    }

    /**
     * Closes a device.
     *
     * @param device device that the process has open
     */
    record Close(String device) implements Plain {
        public Close {
            required("device", device, "a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Close(device);
        }
    }

    /**
     * Gives work to a device.
     *
     * @param to device that gets the work
     * @param as name of the job, if it is waited for
     * @param retry what to do when a shared queue is full; absent, to try until it has room
     * @param work what the device's model takes; its keys stand beside {@code to} and {@code as}
     */
    record Submit(String to, String as, Retry retry, Record work) implements Plain {
        public Submit {
            required("to", to, "a device");
            retry = retry == null ? Retry.defaults() : retry;
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Submit(to, as, work, retry);
        }
    }

    /**
     * Waits for a job, or for the end of a process.
     *
     * @param job name that a submit step has given to its work
     * @param process process whose end is waited for
     */
    record Wait(String job, String process) implements Plain {
        public Wait {
            Require.that(job == null != (process == null), "job", job, "either a job or a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return job == null ? new Step.AwaitProcess(process) : new Step.Await(job);
        }
    }

    /**
     * Sleeps.
     *
     * @param time how long the thread sleeps
     */
    record Sleep(Picoseconds time) implements Plain {
        public Sleep {
            required("time", time, Picoseconds.EXPECTED);
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Sleep(time);
        }
    }

    /**
     * Keeps a core busy.
     *
     * @param time how long the core is busy
     */
    record Compute(Picoseconds time) implements Plain {
        public Compute {
            required("time", time, Picoseconds.EXPECTED);
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Compute(time);
        }
    }

    /**
     * Kills a process.
     *
     * @param process process that is killed
     */
    record Kill(String process) implements Plain {
        public Kill {
            required("process", process, "a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Kill(process);
        }
    }

    /** Ends the process. */
    record Exit() implements Plain {
        @Override
        public Step step(Set<String> devices) {
            return new Step.Exit();
        }
    }

    /** Refuses a step without something that it needs. */
    static void required(String component, Object value, String expected) {
        Require.that(value != null, component, value, expected);
    }
}
