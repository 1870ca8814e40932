package svasim.os.program;

import java.util.List;

/** What a thread does, from its start to its end; a thread without more steps ends. */
public record Program(List<Step> steps) {
    public Program {
        steps = List.copyOf(steps);
    }

    public static Program of(Step... steps) {
        return new Program(List.of(steps));
    }
}
