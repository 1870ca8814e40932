package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.trace.Kind;

/** I-44. Counts the rounds of each drain. */
final class DrainEnds extends Rule {
    /** More than a queue of requests of the own PASID can cause. */
    private static final int MOST_ROUNDS = 100;

    private final Map<Bond, Integer> rounds = new HashMap<>();

    private record Bond(long pasid, long requesterId) {}

    DrainEnds() {
        super(
                "I-44",
                "A drain ends while other PASIDs keep asking for pages, within "
                        + MOST_ROUNDS
                        + " rounds.",
                Kind.DRAIN_ROUND,
                Kind.UNBOUND);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        Bond bond = new Bond(seen.a(), seen.b());
        if (seen.kind() == Kind.UNBOUND) {
            rounds.remove(bond);
        } else if (rounds.merge(bond, 1, Integer::sum) > MOST_ROUNDS) {
            docket.broken(this, Finding.of("the drain goes on").pasid(seen.a()).device(seen.b()));
        }
    }
}
