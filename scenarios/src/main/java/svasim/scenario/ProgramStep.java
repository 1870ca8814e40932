package svasim.scenario;

import java.util.Set;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/** A step of a program as scenario files write it; names are those of system calls. */
public sealed interface ProgramStep {
    /**
     * What the operating system runs.
     *
     * @param devices names of all devices
     */
    Step step(Set<String> devices);

    /** Maps a buffer that is not mapped, or the memory of an open device. */
    record Mmap(String target, ByteSize size) implements ProgramStep {
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

    /** Accesses every page of a buffer, with stores unless it says otherwise. */
    record Touch(String buffer, Direction with) implements ProgramStep {
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

    /** Unmaps a buffer or the memory of a device. */
    record Munmap(String target) implements ProgramStep {
        public Munmap {
            required("target", target, "a buffer or a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Unmap(target);
        }
    }

    /** Changes what a buffer permits. */
    record Mprotect(String buffer, Protection access) implements ProgramStep {
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

    /** Opens a device. */
    record Open(String device) implements ProgramStep {
        public Open {
            required("device", device, "a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Open(device);
        }
    }

    /** Closes a device. */
    record Close(String device) implements ProgramStep {
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
     * @param as name of the job, if it is waited for
     * @param work what the device's model takes; its keys stand beside {@code to} and {@code as}
     */
    record Submit(String to, String as, Record work) implements ProgramStep {
        public Submit {
            required("to", to, "a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Submit(to, as, work);
        }
    }

    /** Waits for a job, or for the end of a process. */
    record Wait(String job, String process) implements ProgramStep {
        public Wait {
            Require.that(job == null != (process == null), "job", job, "either a job or a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return job == null ? new Step.AwaitProcess(process) : new Step.Await(job);
        }
    }

    /** Sleeps. */
    record Sleep(Picoseconds time) implements ProgramStep {
        public Sleep {
            required("time", time, Picoseconds.EXPECTED);
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Sleep(time);
        }
    }

    /** Keeps a core busy. */
    record Compute(Picoseconds time) implements ProgramStep {
        public Compute {
            required("time", time, Picoseconds.EXPECTED);
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Compute(time);
        }
    }

    /** Kills a process. */
    record Kill(String process) implements ProgramStep {
        public Kill {
            required("process", process, "a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Kill(process);
        }
    }

    /** Ends the process. */
    record Exit() implements ProgramStep {
        @Override
        public Step step(Set<String> devices) {
            return new Step.Exit();
        }
    }

    private static void required(String component, Object value, String expected) {
        Require.that(value != null, component, value, expected);
    }
}
