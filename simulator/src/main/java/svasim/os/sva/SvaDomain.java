package svasim.os.sva;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import svasim.os.defect.Defect;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.mm.MmuNotifier;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;
import svasim.os.reference.Node;
import svasim.os.task.Mutex;
import svasim.trace.Kind;

/**
 * An address space under one number: the bonds that share it, and the notifier that keeps the
 * caches of units and devices in step. Policies differ in which bonds that are; they call it an SVA
 * domain, an intel_svm, a PASID state or an io_mm.
 */
final class SvaDomain implements MmuNotifier {
    private static final Procedure<SvaDomain> SYNCHRONIZE =
            Procedure.<SvaDomain>named("synchronize_srcu")
                    .sleeping("wait for release", 50_000, (domain, cpu) -> domain.awaitRelease())
                    .build();

    private final LifetimePolicy policy;
    private final Object key;
    private final Mm mm;
    private final PasidLife life;
    private final Node node;
    private final List<Bond> bonds = new ArrayList<>();
    private final Mutex lock;
    private final WaitQueue releaseOver;
    private ReleaseState releaseState = ReleaseState.NOT_BEGUN;

    /** How far the release of the address space is. */
    private enum ReleaseState {
        NOT_BEGUN,
        RUNS,
        OVER
    }

    /**
     * @param key which bonds share it
     */
    SvaDomain(LifetimePolicy policy, Object key, Mm mm, PasidLife life, Node node) {
        this.policy = policy;
        this.key = key;
        this.mm = mm;
        this.life = life;
        this.node = node;
        this.lock = new Mutex(node.name());
        this.releaseOver = new WaitQueue("release of", node.name());
    }

    Object key() {
        return key;
    }

    Mm mm() {
        return mm;
    }

    PasidLife life() {
        return life;
    }

    @Override
    public Node node() {
        return node;
    }

    List<Bond> bonds() {
        return bonds;
    }

    /** Invalidations reach the bond's devices from now on. */
    void add(Bond bond) {
        bonds.add(bond);
        policy.platform().references().hold(bond.node(), node);
        bond.entries().forEach(entry -> life.tell(Kind.TARGET_ADDED, entry));
    }

    /** The bond with which a device translates, its own or that of its group, or null. */
    Bond bond(PciDevice device) {
        return bonds.stream()
                .filter(bond -> bond.entries().stream().anyMatch(e -> e.device() == device))
                .findFirst()
                .orElse(null);
    }

    /** Bonds with which devices can still translate. */
    List<Bond> live() {
        return bonds.stream().filter(bond -> !bond.isCut()).toList();
    }

    /** Held while an entry is torn down: the end of the mm and an unbind may come together. */
    Mutex lock() {
        return lock;
    }

    /** The entry of a bond has been torn down. */
    void cut(Bond bond) {
        if (!bond.isCut()) {
            bond.cut();
            bond.entries().forEach(life::cut);
        }
    }

    /** Nothing is left of a bond but its driver's memory of it. */
    void end(Bond bond) {
        boolean forgotten = policy.platform().defects().has(Defect.S51);
        if (bond.device().handle(bond.pasid()) == mm && !forgotten) {
            bond.device().erase(bond.pasid());
        }
        bonds.remove(bond);
        bond.entries().forEach(entry -> life.tell(Kind.TARGET_REMOVED, entry));
        bond.end();
        policy.platform().references().release(bond.node(), node);
        bond.entries().forEach(entry -> life.tell(Kind.UNBOUND, entry));
    }

    /** Whether {@link #release} has been called. */
    boolean isReleased() {
        return releaseState != ReleaseState.NOT_BEGUN;
    }

    /** Once: if it runs or has run, because somebody unregisters, it is only waited for. */
    @Override
    public Call<?> release() {
        if (isReleased()) {
            return new Call<>(SYNCHRONIZE, this);
        }
        releaseState = ReleaseState.RUNS;
        return policy.release(this);
    }

    /** The last step of the release has run. */
    void releaseIsOver() {
        releaseState = ReleaseState.OVER;
        releaseOver.wakeAll();
    }

    /** Waits as long as a release runs (SRCU). */
    Next awaitRelease() {
        return releaseState == ReleaseState.RUNS ? Next.await(releaseOver) : Next.ON;
    }

    @Override
    public Call<?> invalidate(long start, long end) {
        return onEachUnit(bonds, (unit, entries) -> unit.invalidate(entries, start, end));
    }

    /** What each unit does with the entries of its bonds, one unit after the other. */
    static Call<?> onEachUnit(
            List<Bond> bonds, BiFunction<IommuDriver, List<PasidEntry>, Call<?>> operation) {
        Map<IommuDriver, List<PasidEntry>> entries = new LinkedHashMap<>();
        for (Bond bond : bonds) {
            entries.computeIfAbsent(bond.device().iommu(), unit -> new ArrayList<>())
                    .addAll(bond.entries());
        }
        List<Call<?>> calls = new ArrayList<>();
        entries.forEach((unit, own) -> calls.add(operation.apply(unit, own)));
        return Call.sequence(calls);
    }
}
