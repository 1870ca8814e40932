package svasim.os.procedure;

/**
 * A procedure with its variables, ready to be run by a task.
 *
 * @param <F> variables of the procedure
 */
public record Call<F>(Procedure<F> procedure, F frame) {
    private static final Procedure<Object> NOTHING_TO_DO =
            Procedure.<Object>named("nothing").build();

    /** A call without steps. */
    public static Call<?> nothing() {
        return new Call<>(NOTHING_TO_DO, NOTHING_TO_DO);
    }
}
