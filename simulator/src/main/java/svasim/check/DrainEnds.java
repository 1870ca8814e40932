package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.trace.Kind;

/** I-44. Counts the rounds of each drain, and looks how long it lasts. */
final class DrainEnds extends Rule {
    private final int mostRounds;
    private final Waits<Bond> drains;
    private final Map<Bond, Integer> rounds = new HashMap<>();

    private record Bond(long pasid, long requesterId) {}

    DrainEnds(Bounds bounds) {
        super(
                "I-44",
                "A drain ends while other PASIDs keep asking for pages, within "
                        + bounds.drainRounds()
                        + " rounds and "
                        + bounds.drain()
                        + ".",
                Kind.DRAIN_ROUND,
                Kind.DRAINED,
                Kind.PAGE_GROUP_DONE,
                Kind.FAULT_RECORDED,
                Kind.UNBOUND);
        mostRounds = bounds.drainRounds();
        drains = new Waits<>(bounds.drain().value());
    }

    @Override
    public void on(Observation seen, Docket docket) {
        drains.overdue(seen.timePs(), bond -> broken(bond, docket));
        Bond bond = new Bond(seen.a(), seen.b());
        switch (seen.kind()) {
            case DRAIN_ROUND -> {
                drains.beginOnce(bond, seen.timePs());
                if (rounds.merge(bond, 1, Integer::sum) > mostRounds) {
                    broken(bond, docket);
                }
            }
            case DRAINED, UNBOUND -> {
                drains.end(bond);
                rounds.remove(bond);
            }
            default -> {
                // Time has passed.
            }
        }
    }

    private void broken(Bond bond, Docket docket) {
        docket.broken(
                this,
                Finding.of("the drain goes on").pasid(bond.pasid()).device(bond.requesterId()));
    }
}
