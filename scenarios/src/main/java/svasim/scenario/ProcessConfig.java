package svasim.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;

/**
 * A process of a scenario.
 *
 * @param buffers memory, by name
 * @param threads steps, by name of the thread
 */
public record ProcessConfig(Map<String, Buffer> buffers, Map<String, List<ProgramStep>> threads) {
    public ProcessConfig {
        buffers = buffers == null ? Map.of() : buffers;
        threads = threads == null ? Map.of() : threads;
    }

    /**
     * What the operating system is given.
     *
     * @param devices names of all devices: some steps take a device or a buffer
     */
    public ProcessSpec spec(String name, Set<String> devices) {
        Map<String, Program> programs = new LinkedHashMap<>();
        threads.forEach(
                (thread, steps) ->
                        programs.put(
                                thread,
                                new Program(steps.stream().map(s -> s.step(devices)).toList())));
        return new ProcessSpec(name, buffers, programs);
    }
}
