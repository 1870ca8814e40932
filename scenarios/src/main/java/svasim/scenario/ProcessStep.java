package svasim.scenario;

import static svasim.scenario.ProgramStep.required;

import java.util.Set;
import svasim.os.program.Step;

/** What programs do to processes, and to devices as a whole. */
sealed interface ProcessStep extends ProgramStep {
    /**
     * Makes a process with a copy of memory and files; it is declared beside the others.
     *
     * @param process name of the new process, which is declared under processes
     */
    record Fork(String process) implements ProcessStep {
        public Fork {
            required("process", process, "a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Clone(process, false, false, false);
        }
    }

    /**
     * Makes a process that shares what it is told to share.
     *
     * @param process name of the new process, which is declared under processes
     * @param memory whether it runs in the same address space (CLONE_VM)
     * @param files whether it has the same table of files (CLONE_FILES)
     * @param vfork whether the caller sleeps until the new process ends or calls exec
     */
    record Clone(String process, Boolean memory, Boolean files, Boolean vfork)
            implements ProcessStep {
        public Clone {
            required("process", process, "a process");
            memory = memory != null && memory;
            files = files != null && files;
            vfork = vfork != null && vfork;
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Clone(process, memory, files, vfork);
        }
    }

    /**
     * Goes on as another program, which is declared as a process.
     *
     * @param process process whose program goes on
     */
    record Exec(String process) implements ProcessStep {
        public Exec {
            required("process", process, "a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Exec(process);
        }
    }

    /**
     * Sends an open device to another process.
     *
     * @param device device that the process has open
     * @param to process that receives it
     */
    record Send(String device, String to) implements ProcessStep {
        public Send {
            required("device", device, "a device");
            required("to", to, "a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.SendFile(device, to);
        }
    }

    /**
     * Waits for an open device that another process sends.
     *
     * @param device device that is sent
     */
    record Receive(String device) implements ProcessStep {
        public Receive {
            required("device", device, "a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.ReceiveFile(device);
        }
    }

    /**
     * Uses the memory of another process from now on, as a reader of /proc/PID/mem does.
     *
     * @param process process whose memory is used
     */
    record Hold(String process) implements ProcessStep {
        public Hold {
            required("process", process, "a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Hold(process);
        }
    }

    /**
     * Does not use the memory of another process any more.
     *
     * @param process process whose memory has been used
     */
    record LetGo(String process) implements ProcessStep {
        public LetGo {
            required("process", process, "a process");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.LetGo(process);
        }
    }

    /**
     * Sends a signal to a process.
     *
     * @param process process that gets the signal
     * @param number name of the signal, for example sigterm
     */
    record Signal(String process, svasim.os.program.Signal number) implements ProcessStep {
        public Signal {
            required("process", process, "a process");
            required("number", number, "a signal, for example sigterm");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Send(process, number);
        }
    }

    /**
     * Unloads the driver of a device, which nobody may have open.
     *
     * @param device device whose driver is unloaded
     */
    record Unload(String device) implements ProcessStep {
        public Unload {
            required("device", device, "a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Unload(device);
        }
    }

    /**
     * Takes a device away, whoever has it open: its registers are unmapped, its files can only be
     * closed.
     *
     * @param device device that is taken away
     */
    record Remove(String device) implements ProcessStep {
        public Remove {
            required("device", device, "a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Remove(device);
        }
    }

    /**
     * Resets a device while its bonds stay.
     *
     * @param device device that is reset
     */
    record Reset(String device) implements ProcessStep {
        public Reset {
            required("device", device, "a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Reset(device);
        }
    }
}
