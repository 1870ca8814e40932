package svasim.os.procedure;

import java.util.ArrayList;
import java.util.List;

/**
 * A static list of named steps. Names are those that a reader of the kernel knows.
 *
 * <pre>{@code
 * static final Procedure<Unbind> UNBIND =
 *         Procedure.<Unbind>named("iommu_sva_unbind_device")
 *                 .step("drop user", 50_000, IntelSvm::dropUser)
 *                 .sleeping("drain page requests", 200_000, IntelSvm::drain)
 *                 .build();
 * }</pre>
 *
 * @param <F> variables of the procedure
 */
public final class Procedure<F> {
    private final String name;
    private final List<Line<F>> lines;

    /**
     * One step.
     *
     * @param costPs simulated time that the step takes on its core
     * @param maySleep whether the task may be preempted behind it; a step that holds a spinlock or
     *     runs with interrupts off may not
     * @param label {@code "procedure/step"}, as traces, orders and stories print it
     */
    public record Line<F>(String name, String label, long costPs, boolean maySleep, Step<F> step) {}

    private Procedure(String name, List<Line<F>> lines) {
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    public static <F> Builder<F> named(String name) {
        return new Builder<>(name);
    }

    public String name() {
        return name;
    }

    public List<Line<F>> lines() {
        return lines;
    }

    /** Name of the last step, for those who have to undo what the first ones did. */
    public String lastStep() {
        return lines.get(lines.size() - 1).name();
    }

    /**
     * @throws IllegalArgumentException if there is no such step
     */
    public int indexOf(String stepName) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).name().equals(stepName)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no step \"" + stepName + "\"");
    }

    /** Collects the steps of a procedure. */
    public static final class Builder<F> {
        private final String name;
        private final List<Line<F>> lines = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** Adds a step that may not be preempted. */
        public Builder<F> step(String stepName, long costPs, Step<F> step) {
            return line(stepName, costPs, false, step);
        }

        /**
         * Adds a step behind which the task may be preempted or may sleep. It begins and ends with
         * a full barrier, as mutexes and preemption counts do; a step that may not sleep has none
         * of its own.
         */
        public Builder<F> sleeping(String stepName, long costPs, Step<F> step) {
            return line(stepName, costPs, true, step);
        }

        private Builder<F> line(String stepName, long costPs, boolean maySleep, Step<F> step) {
            lines.add(new Line<>(stepName, name + "/" + stepName, costPs, maySleep, step));
            return this;
        }

        public Procedure<F> build() {
            return new Procedure<>(name, lines);
        }
    }
}
