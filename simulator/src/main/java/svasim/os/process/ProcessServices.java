package svasim.os.process;

import java.util.function.Function;
import svasim.os.file.FileOperations;
import svasim.os.file.Files;
import svasim.os.task.Platform;

/**
 * What processes need of the rest of the operating system.
 *
 * @param devices device nodes by name; null for an unknown one
 * @param processes processes by name; null for an unknown one
 */
record ProcessServices(
        Platform platform,
        Files files,
        Function<String, FileOperations> devices,
        Function<String, Process> processes) {}
