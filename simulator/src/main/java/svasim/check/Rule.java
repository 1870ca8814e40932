package svasim.check;

import java.util.Set;
import svasim.trace.Kind;

/** What all invariants have: number, statement, and what they need to see. */
abstract class Rule implements Invariant {
    private final String id;
    private final String statement;
    private final Set<Kind> watches;

    Rule(String id, String statement, Kind... watches) {
        this.id = id;
        this.statement = statement;
        this.watches = Set.of(watches);
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final String statement() {
        return statement;
    }

    @Override
    public final Set<Kind> watches() {
        return watches;
    }
}
