package svasim.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The invariants of the life of a PASID: those that are checked, and those that are not. */
public final class Catalogue {
    private static final List<Entry> NOT_CHECKED =
            List.of(
                    new Entry(
                            "I-43",
                            "Errors of a guest touch the numbers of that guest only.",
                            "there are no guests yet"),
                    new Entry(
                            "I-73",
                            "A guest's PASIDs are translated to numbers of that guest only.",
                            "there are no guests yet"));

    private Catalogue() {}

    /**
     * An invariant as the catalogue lists it.
     *
     * @param id number, for example {@code "I-01"}
     * @param statement what holds
     * @param notChecked why it is not checked; empty if it is
     */
    public record Entry(String id, String statement, String notChecked) {
        public boolean isChecked() {
            return notChecked.isEmpty();
        }
    }

    /** Every invariant, by number. */
    public static List<Entry> entries() {
        return Stream.concat(
                        all(null, Bounds.defaults()).stream()
                                .map(i -> new Entry(i.id(), i.statement(), "")),
                        NOT_CHECKED.stream())
                .sorted(Comparator.comparing(Entry::id))
                .toList();
    }

    /** Those that are checked, in the order in which they are told what happens. */
    static List<Invariant> all(Probes probes, Bounds bounds) {
        PageRequestLedger requests = new PageRequestLedger();
        return Stream.of(
                        memorySafety(probes),
                        numbers(probes, requests),
                        references(),
                        pageRequests(probes, requests, bounds),
                        isolation(bounds),
                        order(probes),
                        configuration(probes))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Invariant> memorySafety(Probes probes) {
        FreedTables tables = new FreedTables();
        HeldLines held = new HeldLines();
        return List.of(
                new DmaToLiveFrame(probes),
                new CachesFollowTables(probes),
                new CachedPermissions(probes),
                new GrantedPageIsThere(),
                new NoFreedPageTable(tables),
                new WholeEntries(tables, held),
                new ValidBitLast(held),
                new NothingCachedAfterRelease(probes),
                new UpdatesHitLiveTables(tables));
    }

    private static List<Invariant> numbers(Probes probes, PageRequestLedger requests) {
        return List.of(
                new OneOwnerPerPasid(probes),
                new FreshPasid(probes, requests),
                new PasidWithinWidth(probes),
                new OnePasidPerMm(),
                new EveryPasidReturns());
    }

    private static List<Invariant> references() {
        return List.of(
                new NoReferenceCycle(),
                new BalancedReferences(),
                new NoUseAfterFree(),
                new EachNotifierEndsOnce(),
                new HandleOutlivesGroups(),
                new BondOutlivesThreads());
    }

    private static List<Invariant> pageRequests(
            Probes probes, PageRequestLedger requests, Bounds bounds) {
        return List.of(
                new OneResponsePerGroup(requests),
                new ResponseMatchesRequest(probes),
                new RequestsWithinAllocation(probes),
                new NothingLeftAfterUnbind(requests),
                new FaultOfRightMm(),
                new NothingAfterDeath(),
                new LoggingResumes(probes),
                new QueueIsServed(probes, bounds));
    }

    private static List<Invariant> isolation(Bounds bounds) {
        return List.of(
                new HitsKeepTheirTime(bounds),
                new FaultsKeepApart(bounds),
                new FaultStopsNobodyElse(),
                new DrainEnds(bounds),
                new KillDoesNotWait(bounds),
                new NoWaitCycle(),
                new InvalidationsEnd(bounds));
    }

    private static List<Invariant> order(Probes probes) {
        return List.of(
                new TeardownInOrder(probes),
                new StoppedBeforeUnbind(),
                new TargetCoversEntry(probes),
                new InvalidationReachesDevice(probes),
                new FreedAfterInvalidation());
    }

    private static List<Invariant> configuration(Probes probes) {
        return List.of(
                new ControlsInOrder(probes),
                new PasidOnlyIfEnabled(probes),
                new NothingWhileReset(),
                new EnqueuedPasidIsOwn(),
                new OneFixUp(),
                new UnboundPasidHasNoEffect());
    }
}
