package svasim.check;

import java.util.List;

/** The invariants that are checked. */
public final class Catalogue {
    private Catalogue() {}

    /**
     * An invariant as the catalogue lists it.
     *
     * @param id number, for example {@code "I-01"}
     * @param statement what holds
     */
    public record Entry(String id, String statement) {}

    /** Every invariant that is checked, by number. */
    public static List<Entry> entries() {
        return all(null).stream().map(i -> new Entry(i.id(), i.statement())).toList();
    }

    static List<Invariant> all(Probes probes) {
        PageRequestLedger requests = new PageRequestLedger();
        return List.of(
                new DmaToLiveFrame(probes),
                new CachesFollowTables(probes),
                new OneOwnerPerPasid(probes),
                new FreshPasid(probes, requests),
                new EveryPasidReturns(),
                new NoReferenceCycle(),
                new OneResponsePerGroup(requests),
                new NothingLeftAfterUnbind(requests),
                new FreedAfterInvalidation());
    }
}
