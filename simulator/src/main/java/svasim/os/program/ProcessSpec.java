package svasim.os.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process: its memory and its threads, in the order in which they are made.
 *
 * @param name unique in the machine
 */
public record ProcessSpec(String name, Map<String, Buffer> buffers, Map<String, Program> threads) {
    public ProcessSpec {
        buffers = Collections.unmodifiableMap(new LinkedHashMap<>(buffers));
        threads = Collections.unmodifiableMap(new LinkedHashMap<>(threads));
    }
}
