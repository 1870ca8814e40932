package svasim.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import svasim.binding.Names;
import svasim.check.Violation;
import svasim.scenario.Expect;
import svasim.scenario.Station;

/** Compares the end of a run with what its scenario expects. */
final class Expectations {
    private final Expect expect;
    private final Simulation simulation;
    private final Lives lives;
    private final StepsSeen steps;
    private final List<String> broken = new ArrayList<>();

    private Expectations(Expect expect, Simulation simulation, Lives lives, StepsSeen steps) {
        this.expect = expect;
        this.simulation = simulation;
        this.lives = lives;
        this.steps = steps;
    }

    /** A line for each expectation that does not hold. */
    static List<String> broken(Expect expect, Simulation simulation, Lives lives, StepsSeen steps) {
        Expectations expectations = new Expectations(expect, simulation, lives, steps);
        expectations.compareSteps();
        expectations.comparePasids();
        expectations.compareRefusals();
        expectations.compareMemory();
        expectations.compareFailures();
        expectations.compareViolations();
        expectations.compareEnd();
        expectations.compareStatistics();
        return expectations.broken;
    }

    private void comparePasids() {
        expect.pasid()
                .forEach(
                        (process, wanted) -> {
                            List<Station> found = lives.stations(process);
                            if (!inOrder(wanted, found)) {
                                differs("pasid." + process, words(wanted), words(found));
                            }
                        });
    }

    /** Whether all that is wanted was found in this order, with others between. */
    static boolean inOrder(List<Station> wanted, List<Station> found) {
        Iterator<Station> rest = found.iterator();
        for (Station station : wanted) {
            boolean met = false;
            while (!met && rest.hasNext()) {
                met = rest.next() == station;
            }
            if (!met) {
                return false;
            }
        }
        return true;
    }

    private static List<String> words(List<Station> stations) {
        return stations.stream().map(station -> Names.kebab(station.name())).toList();
    }

    private void compareSteps() {
        if (!steps.missing().isEmpty()) {
            differs("steps", expect.steps(), "none in its place of " + steps.missing());
        }
        if (!steps.unwanted().isEmpty()) {
            differs("never", "none of " + expect.never(), steps.unwanted());
        }
    }

    private void compareRefusals() {
        expect.refused()
                .forEach(
                        (process, words) -> {
                            List<String> found = lives.refusals(process);
                            if (found.stream().noneMatch(reason -> reason.contains(words))) {
                                differs("refused." + process, words, found);
                            }
                        });
    }

    private void compareMemory() {
        expect.memory()
                .forEach(
                        (buffer, other) -> {
                            byte[] found = simulation.contents(buffer);
                            byte[] wanted = simulation.contents(other);
                            if (found == null || wanted == null) {
                                String missing = found == null ? buffer : other;
                                differs("memory." + buffer, "a buffer " + missing, "none");
                            } else if (!Arrays.equals(found, wanted)) {
                                int at = Arrays.mismatch(found, wanted);
                                differs("memory." + buffer, other, "another byte at " + at);
                            }
                        });
    }

    /** A refused bind may fail everything that its process does with the device. */
    private void compareFailures() {
        Set<String> missing = new TreeSet<>(expect.failures());
        for (String failure : simulation.failures()) {
            int thread = failure.lastIndexOf('.', failure.indexOf(':'));
            String process = failure.substring(0, thread);
            missing.remove(process);
            boolean expected =
                    expect.failures().contains(process) || expect.refused().containsKey(process);
            if (!expected) {
                broken.add(process + " is not in expect.failures: " + failure);
            }
        }
        missing.forEach(process -> differs("failures", process, "none of " + process));
    }

    private void compareEnd() {
        boolean stuck = !simulation.waitingFor().isEmpty();
        if (expect.stuck() && !stuck) {
            differs("stuck", true, false);
        }
    }

    private void compareViolations() {
        TreeSet<String> found = new TreeSet<>();
        for (Violation violation : simulation.violations()) {
            found.add(violation.invariant());
        }
        TreeSet<String> wanted = new TreeSet<>(expect.violations());
        if (!found.equals(wanted)) {
            differs("violations", wanted, found);
        }
    }

    private void compareStatistics() {
        expect.statistics()
                .forEach(
                        (name, bounds) -> {
                            Long value = Figure.of(simulation.statistics(), name);
                            boolean good =
                                    value != null
                                            && (bounds.min() == null || value >= bounds.min())
                                            && (bounds.max() == null || value <= bounds.max());
                            if (!good) {
                                differs(
                                        "statistics." + name,
                                        bounds,
                                        value == null ? "none" : value);
                            }
                        });
    }

    private void differs(String what, Object expected, Object found) {
        broken.add("expect." + what + ": expected " + expected + ", found " + found);
    }
}
