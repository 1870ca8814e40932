package svasim.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The invariants of the life of a PASID. */
public final class Catalogue {
    /** Each binding of a scenario asks for them, and the checks are costly to make. */
    private static final List<Entry> ENTRIES = listed();

    private Catalogue() {}

    /**
     * An invariant as the catalogue lists it.
     *
     * @param id number, for example {@code "I-01"}
     * @param statement what holds
     */
    public record Entry(String id, String statement) {}

    /** Every invariant, by number. */
    public static List<Entry> entries() {
        return ENTRIES;
    }

    private static List<Entry> listed() {
        return all(null, Bounds.defaults()).stream()
                .map(invariant -> new Entry(invariant.id(), invariant.statement()))
                .sorted(Comparator.comparing(Entry::id))
                .toList();
    }

    /** In the order in which they are told what happens. */
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
                new GuestErrorsKeepApart(),
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
                new UnboundPasidHasNoEffect(),
                new GuestTranslatesToOwn());
    }
}
