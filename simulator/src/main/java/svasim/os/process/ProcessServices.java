package svasim.os.process;

import java.util.function.Function;
import svasim.os.file.Files;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;
import svasim.os.task.Task;

/**
 * What processes need of the rest of the operating system.
 *
 * @param devices what they see of devices
 * @param processes all of them
 * @param mail open files on their way between processes
 * @param threadExit what is done for a thread that begins to exit (profile_task_exit)
 */
record ProcessServices(
        Platform platform,
        Files files,
        Processes.Devices devices,
        Processes processes,
        Mail mail,
        Function<Task, Call<?>> threadExit) {}
