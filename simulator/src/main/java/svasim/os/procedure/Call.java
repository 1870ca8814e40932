package svasim.os.procedure;

import java.util.Iterator;
import java.util.List;

/**
 * A procedure with its variables, ready to be run by a task.
 *
 * @param <F> variables of the procedure
 */
public record Call<F>(Procedure<F> procedure, F frame) {
    private static final Procedure<Object> NOTHING_TO_DO =
            Procedure.<Object>named("nothing").build();

    private static final Procedure<Iterator<Call<?>>> SEQUENCE =
            Procedure.<Iterator<Call<?>>>named("sequence")
                    .step("next", 0, (calls, cpu) -> next(calls))
                    .build();

    /** A call without steps. */
    public static Call<?> nothing() {
        return new Call<>(NOTHING_TO_DO, NOTHING_TO_DO);
    }

    /** A call that runs others one after the other. */
    public static Call<?> sequence(List<Call<?>> calls) {
        return switch (calls.size()) {
            case 0 -> nothing();
            case 1 -> calls.get(0);
            default -> new Call<>(SEQUENCE, List.copyOf(calls).iterator());
        };
    }

    private static Next next(Iterator<Call<?>> calls) {
        return calls.hasNext() ? new Next.EnterAgain(calls.next()) : Next.DONE;
    }
}
