package svasim.os.process;

import java.util.function.Function;
import svasim.os.file.FileOperations;
import svasim.os.file.Files;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;
import svasim.os.task.Task;

/**
 * What processes need of the rest of the operating system.
 *
 * @param devices device nodes by name; null for an unknown one
 * @param processes processes by name; null for an unknown one
 * @param threadExit what is done for a thread that begins to exit (profile_task_exit)
 */
record ProcessServices(
        Platform platform,
        Files files,
        Function<String, FileOperations> devices,
        Function<String, Process> processes,
        Function<Task, Call<?>> threadExit) {}
