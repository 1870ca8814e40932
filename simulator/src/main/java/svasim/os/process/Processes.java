package svasim.os.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import svasim.os.file.FileOperations;
import svasim.os.file.Files;
import svasim.os.mm.AddressSpaces;
import svasim.os.mm.Memory;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.task.Platform;
import svasim.os.task.Priority;
import svasim.os.task.Task;

/** Makes processes and starts them. */
public final class Processes {
    private final Platform platform;
    private final AddressSpaces spaces;
    private final ProcessServices services;
    private final Map<String, Process> byName = new LinkedHashMap<>();

    /** What other processes are going to make. */
    private final Map<String, ProcessSpec> declared = new LinkedHashMap<>();

    /** Buffers whose last contents are wanted, by process. */
    private final Map<String, Set<String>> kept = new TreeMap<>();

    /** What processes see of devices. */
    public interface Devices {
        /** The node of this name, or null. */
        FileOperations node(String device);

        /** Resets a device; null if it cannot be reset. */
        Call<?> reset(String device);

        /** Takes a device away, whoever has it open; null if there is none. */
        Call<?> removal(String device);

        /** Takes the driver of a device away that nobody has open; nobody can open it any more. */
        Call<?> unload(String device);
    }

    /**
     * @param threadExit what is done for a thread that begins to exit
     */
    public Processes(
            Platform platform,
            AddressSpaces spaces,
            Files files,
            Devices devices,
            Function<Task, Call<?>> threadExit) {
        this.platform = platform;
        this.spaces = spaces;
        Mail mail = new Mail(platform.references());
        this.services = new ProcessServices(platform, files, devices, this, mail, threadExit);
        spaces.memory().onShortage(() -> OomKill.call(this));
    }

    /**
     * Makes a process and its threads, which run after {@link #start}; one that another process is
     * going to make is only noted.
     *
     * @return null for one that is only noted
     */
    public Process create(ProcessSpec spec) {
        if (byName.containsKey(spec.name()) || declared.containsKey(spec.name())) {
            throw new IllegalArgumentException("two processes named \"" + spec.name() + "\"");
        }
        if (!spec.atBoot()) {
            declared.put(spec.name(), spec);
            return null;
        }
        Process process = make(spec, newMm(spec.name()), newTable(spec.name()));
        spec.threads().forEach((name, program) -> addThread(process, name, program));
        return process;
    }

    /** A process without threads, in this address space and with these files. */
    Process make(ProcessSpec spec, Mm mm, FileTable files) {
        Process process = new Process(spec, mm, files, services);
        byName.put(spec.name(), process);
        kept.getOrDefault(spec.name(), Set.of()).forEach(process::keepAtExit);
        return process;
    }

    /** What all address spaces share. */
    Memory memory() {
        return spaces.memory();
    }

    /** Takes the declaration of a process that is made now; null if there is none left. */
    ProcessSpec take(String name) {
        return declared.remove(name);
    }

    Mm newMm(String process) {
        return spaces.create(process);
    }

    FileTable newTable(String process) {
        return new FileTable(platform.references().node(process + " files"), platform.references());
    }

    UserThread addThread(Process process, String name, Program program) {
        Task task = platform.scheduler().task(label(process.spec(), name), Priority.USER);
        UserThread thread = new UserThread(name, process, task, program);
        thread.join();
        return thread;
    }

    /** Starts the threads of a process. */
    public void start(Process process) {
        process.threads()
                .forEach(thread -> platform.scheduler().start(thread.task(), thread.main()));
    }

    /** Whether a process has been made, has not ended, and no fatal signal is on its way. */
    public boolean lives(String name) {
        Process process = byName.get(name);
        return process != null && !process.hasEnded() && !process.isKilled();
    }

    /** SIGKILL from outside; nothing happens to a process that does not live. */
    public void kill(String name) {
        if (lives(name)) {
            byName.get(name).kill("SIGKILL");
        }
    }

    public Process get(String name) {
        return byName.get(name);
    }

    /** Whether there is, was or will be a process of this name. */
    boolean isKnown(String name) {
        return byName.containsKey(name) || declared.containsKey(name);
    }

    /** All processes that have been made, in that order. */
    public List<Process> all() {
        return new ArrayList<>(byName.values());
    }

    /** From now on the bytes that a buffer has at the end of its process can be asked for. */
    public void keepAtExit(String process, String buffer) {
        kept.computeIfAbsent(process, p -> new LinkedHashSet<>()).add(buffer);
        if (byName.containsKey(process)) {
            byName.get(process).keepAtExit(buffer);
        }
    }

    private static String label(ProcessSpec spec, String thread) {
        return spec.threads().size() == 1 ? spec.name() : spec.name() + "." + thread;
    }
}
