package svasim.os.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import svasim.os.file.FileOperations;
import svasim.os.file.Files;
import svasim.os.mm.AddressSpaces;
import svasim.os.procedure.Call;
import svasim.os.program.ProcessSpec;
import svasim.os.task.Platform;
import svasim.os.task.Priority;
import svasim.os.task.Task;

/** Makes processes and starts them. */
public final class Processes {
    private final Platform platform;
    private final AddressSpaces spaces;
    private final ProcessServices services;
    private final Map<String, Process> byName = new LinkedHashMap<>();

    /**
     * @param devices device nodes by name; null for an unknown one
     * @param threadExit what is done for a thread that begins to exit
     */
    public Processes(
            Platform platform,
            AddressSpaces spaces,
            Files files,
            Function<String, FileOperations> devices,
            Function<Task, Call<?>> threadExit) {
        this.platform = platform;
        this.spaces = spaces;
        this.services = new ProcessServices(platform, files, devices, byName::get, threadExit);
    }

    /** Makes a process and its threads; they run after {@link #start}. */
    public Process create(ProcessSpec spec) {
        Process process = new Process(spec, spaces.create(spec.name()), services);
        if (byName.put(spec.name(), process) != null) {
            throw new IllegalArgumentException("two processes named \"" + spec.name() + "\"");
        }
        spec.threads()
                .forEach(
                        (name, program) -> {
                            Task task = platform.scheduler().task(label(spec, name), Priority.USER);
                            new UserThread(name, process, task, program).join();
                        });
        return process;
    }

    /** Starts the threads of a process. */
    public void start(Process process) {
        process.threads()
                .forEach(thread -> platform.scheduler().start(thread.task(), thread.main()));
    }

    public Process get(String name) {
        return byName.get(name);
    }

    /** All processes, in the order of making. */
    public List<Process> all() {
        return new ArrayList<>(byName.values());
    }

    private static String label(ProcessSpec spec, String thread) {
        return spec.threads().size() == 1 ? spec.name() : spec.name() + "." + thread;
    }
}
