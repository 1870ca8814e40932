package svasim.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.kernel.Choices;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;

/** One scenario run on several machines. */
public final class Machines {
    private final Map<String, RunResult> results = new LinkedHashMap<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    /**
     * Runs them one after the other.
     *
     * @param scenarios by the name of their profile
     */
    public static Machines run(Runner runner, Map<String, BoundScenario> scenarios, long seed) {
        Machines machines = new Machines();
        scenarios.forEach((name, scenario) -> machines.run(runner, name, scenario, seed));
        return machines;
    }

    private void run(Runner runner, String name, BoundScenario scenario, long seed) {
        List<Account> listening = new ArrayList<>();
        RunResult result =
                runner.run(
                        scenario,
                        seed,
                        Choices.PLAIN,
                        simulation -> {
                            Account account = new Account(simulation);
                            simulation.trace().add(account);
                            listening.add(account);
                        });
        listening.get(0).end(result.endPs());
        results.put(name, result);
        accounts.put(name, listening.get(0));
    }

    /** Results by the name of the profile, in the order in which they were asked for. */
    public Map<String, RunResult> results() {
        return results;
    }

    /** Lines for people. */
    public List<String> text() {
        return new SideBySide(results, accounts).lines();
    }

    /** The same for programs, with every row. */
    public Map<String, Object> plain() {
        Map<String, Object> machines = new LinkedHashMap<>();
        results.forEach((name, result) -> machines.put(name, plain(result, accounts.get(name))));
        return machines;
    }

    private static Map<String, Object> plain(RunResult result, Account account) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("good", result.good());
        plain.put("hypothetical", result.hypothetical());
        for (Section section : Section.values()) {
            Map<String, Object> rows = new LinkedHashMap<>();
            account.rows(section).forEach((row, cell) -> rows.put(row, plain(section, cell)));
            plain.put(section.name().toLowerCase(java.util.Locale.ROOT), rows);
        }
        return plain;
    }

    private static Object plain(Section section, Cell cell) {
        if (section.unit() == null) {
            return cell.count();
        }
        if (section == Section.STATIONS || section == Section.TIME) {
            return Map.of(section.unit(), cell.sum());
        }
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("count", cell.count());
        both.put(section.unit(), cell.sum());
        return both;
    }
}
