package svasim.explore;

import java.util.ArrayList;
import java.util.List;

/** The strategies of a search, and what can be said of them at its end. */
final class Plan {
    private final Strategy strategy;
    private final PriorityStrategy priorities;
    private final int exhausted;

    /**
     * @param priorities its part of the strategy, or null
     * @param exhausted depth that is searched exhaustively, or 0
     */
    private Plan(Strategy strategy, PriorityStrategy priorities, int exhausted) {
        this.strategy = strategy;
        this.priorities = priorities;
        this.exhausted = exhausted;
    }

    static Plan of(Search search, long seed, Attempt plain) {
        PriorityStrategy priorities = new PriorityStrategy(seed, search.depth(), plain.questions());
        RandomStrategy random = new RandomStrategy(seed, plain.questions());
        return switch (search.method()) {
            case RANDOM -> new Plan(random, null, 0);
            case PRIORITY -> new Plan(priorities, priorities, 0);
            case MIXED ->
                    new Plan(new AlternatingStrategy(List.of(random, priorities)), priorities, 0);
            case EXHAUSTIVE ->
                    new Plan(new ExhaustiveStrategy(search.depth(), plain), null, search.depth());
        };
    }

    Strategy strategy() {
        return strategy;
    }

    /**
     * @param runs that the strategy proposed
     * @param over whether the strategy had nothing more to propose
     */
    List<String> tell(int runs, boolean over) {
        List<String> lines = new ArrayList<>();
        if (priorities != null) {
            lines.add(priorities.guarantee(strategy == priorities ? runs : runs / 2));
        }
        if (exhausted > 0) {
            lines.add(
                    over
                            ? "every schedule of at most " + exhausted + " deviations was run"
                            : "not every schedule of " + exhausted + " deviations was run");
        }
        return lines;
    }
}
