package svasim.scenario;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    /** Names of the processes that this one makes, or goes on as. */
    public Set<String> makes() {
        Set<String> made = new LinkedHashSet<>();
        threads.values().forEach(steps -> steps.forEach(step -> addMade(step, made)));
        return made;
    }

    private static void addMade(ProgramStep step, Set<String> made) {
        if (step instanceof ProcessStep.Fork fork) {
            made.add(fork.process());
        } else if (step instanceof ProcessStep.Clone clone) {
            made.add(clone.process());
        } else if (step instanceof ProcessStep.Exec exec) {
            made.add(exec.process());
        }
    }

    /**
     * What the operating system is given.
     *
     * @param atBoot whether no other process makes it
     * @param devices names of all devices: some steps take a device or a buffer
     */
    public ProcessSpec spec(String name, Set<String> devices, boolean atBoot) {
        Map<String, Program> programs = new LinkedHashMap<>();
        threads.forEach(
                (thread, steps) ->
                        programs.put(
                                thread,
                                new Program(steps.stream().map(s -> s.step(devices)).toList())));
        return new ProcessSpec(name, buffers, programs, atBoot);
    }
}
