package svasim.os.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process: its memory and its threads, in the order in which they are made.
 *
 * @param name unique in the machine
 * @param buffers in addition to those that it inherits
 * @param atBoot whether it starts when the system is up; else another process makes it
 */
public record ProcessSpec(
        String name, Map<String, Buffer> buffers, Map<String, Program> threads, boolean atBoot) {
    /** A process that starts when the system is up. */
    public ProcessSpec(String name, Map<String, Buffer> buffers, Map<String, Program> threads) {
        this(name, buffers, threads, true);
    }

    public ProcessSpec {
        buffers = Collections.unmodifiableMap(new LinkedHashMap<>(buffers));
        threads = Collections.unmodifiableMap(new LinkedHashMap<>(threads));
    }
}
