package svasim.explore;

import java.util.List;

/** Several endless strategies in turn. */
final class AlternatingStrategy implements Strategy {
    private final List<Strategy> strategies;
    private int turn;

    AlternatingStrategy(List<Strategy> strategies) {
        this.strategies = List.copyOf(strategies);
    }

    @Override
    public Answers next() {
        return strategies.get(turn++ % strategies.size()).next();
    }
}
