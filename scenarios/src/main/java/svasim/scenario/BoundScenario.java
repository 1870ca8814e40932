package svasim.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.binding.InvalidInput;
import svasim.binding.Node;
import svasim.binding.Plain;
import svasim.binding.YamlText;

/**
 * One variant of a scenario file, bound.
 *
 * @param variant {@link ScenarioFile#ONLY} if the file has no variants
 */
public record BoundScenario(ScenarioFile file, String variant, Scenario scenario, Node tree) {
    /** Title, and the variant if there is one. */
    public String title() {
        return variant.isEmpty() ? scenario.title() : scenario.title() + " [" + variant + "]";
    }

    /**
     * The scenario with every default filled in, as a file without variants; running it gives the
     * same results.
     */
    public String effective() {
        Map<String, Object> plain = new LinkedHashMap<>();
        ScenarioExtensions extensions = ScenarioExtensions.of(tree);
        Object all = Plain.of(scenario, extensions);
        ((Map<?, ?>) all).forEach((key, value) -> plain.put(key.toString(), value));
        plain.remove("variants");
        if (scenario.lesson() != null) {
            plain.put("lesson", Plain.of(scenario.lesson().withoutVariants(), extensions));
        }
        return YamlText.of(plain);
    }

    /** A mistake that only shows when the parts are put together. */
    public InvalidInput mistake(String path, String what, String remedy) {
        return new InvalidInput(Trees.locate(tree, path), path, what, remedy);
    }
}
