package svasim.explore;

import java.util.List;

/**
 * A failing run, in words.
 *
 * @param deviations a sentence for each deviation, in their order
 * @param lines numbered lines
 * @param diagram the same lines as a Mermaid sequence diagram
 */
public record Telling(List<String> deviations, List<String> lines, String diagram) {
    public Telling {
        deviations = List.copyOf(deviations);
        lines = List.copyOf(lines);
    }
}
