package svasim.matrix;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import svasim.binding.InvalidInput;
import svasim.kernel.Choices;
import svasim.os.sva.Policies;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/**
 * One scenario that is to be run under one policy on one profile.
 *
 * @param variant of the file, {@link ScenarioFile#ONLY} if it has none
 */
record Trial(ScenarioFile file, String variant, String policy, String profile) {
    /** Name of the scenario, with the variant if there are several. */
    String scenario() {
        String name = Home.name(Path.of(file.name()));
        return variant.equals(ScenarioFile.ONLY) ? name : name + " [" + variant + "]";
    }

    /** Whether the variant is about one policy, and not about this one. */
    private boolean isOfAnotherPolicy() {
        String own = file.bind(variant, Map.of()).scenario().os().policy();
        return !own.equals(Policies.DEFAULT) && !own.equals(policy);
    }

    Outcome run(Runner runner) {
        if (isOfAnotherPolicy()) {
            return Outcome.notApplicable("the scenario names its policy");
        }
        Map<String, String> sets = new LinkedHashMap<>();
        sets.put("machine.profile", profile);
        sets.put("os.policy", policy);
        try {
            Binds binds = new Binds();
            RunResult result =
                    runner.run(
                            file.bind(variant, sets),
                            0,
                            Choices.PLAIN,
                            machine -> machine.trace().add(binds));
            return Outcome.of(result, binds);
        } catch (InvalidInput e) {
            return Outcome.notApplicable(e.mistakes().get(0).what());
        }
    }
}
