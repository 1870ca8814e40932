package svasim.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.run.Assembly;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/**
 * A variant of a scenario that has a bug, to be searched without being told what breaks.
 *
 * @param control the same without the bug: the variant of the same name with {@code -fixed} behind
 *     it; or else the same one without its defects, or, if a policy is the bug, under that of the
 *     variant {@code fixed}
 */
public record Race(BoundScenario scenario, BoundScenario control) {
    private static final Map<String, String> EXPECT_NOTHING =
            Map.of("expect.violations", "[]", "expect.stuck", "false");

    /** Variants that are made for the search begin with one of these. */
    private static final List<String> SEARCHED = List.of("unordered", "hidden");

    /** The variant that has no bug. */
    private static final String GOOD = "fixed";

    /** Ends the name of a variant that has the same workload as another one, and no bug. */
    private static final String FIXED = "-fixed";

    /**
     * All variants of a file that have a bug: those with defects, and those made for the search.
     *
     * @param sets values by path
     */
    public static List<Race> in(ScenarioFile file, Map<String, String> sets) {
        List<Race> races = new ArrayList<>();
        for (String variant : file.variants()) {
            Map<String, String> all = new LinkedHashMap<>(sets);
            all.putAll(EXPECT_NOTHING);
            BoundScenario scenario = file.bind(variant, all);
            if (hasBug(scenario)) {
                races.add(new Race(scenario, control(file, variant, all)));
            }
        }
        return races;
    }

    private static boolean hasBug(BoundScenario scenario) {
        String variant = scenario.variant();
        boolean searched = SEARCHED.stream().anyMatch(variant::startsWith);
        return !variant.endsWith(FIXED) && (searched || !scenario.scenario().defects().isEmpty());
    }

    private static BoundScenario control(
            ScenarioFile file, String variant, Map<String, String> sets) {
        if (file.variants().contains(variant + FIXED)) {
            return file.bind(variant + FIXED, sets);
        }
        Map<String, String> without = new LinkedHashMap<>(sets);
        if (!file.bind(variant, sets).scenario().defects().isEmpty()) {
            without.put("defects", "[]");
        } else if (file.variants().contains(GOOD)) {
            without.put("os.policy", file.bind(GOOD, sets).scenario().os().policy());
        }
        return file.bind(variant, without);
    }

    /** A search for what breaks with the bug, and not without it under the same schedule. */
    public Finding search(Assembly assembly, long seed, Search search) {
        return new Explorer(assembly, scenario, seed).against(control).search(search);
    }
}
