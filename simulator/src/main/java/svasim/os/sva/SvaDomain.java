package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.IommuDriver;
import svasim.os.mm.Mm;
import svasim.os.mm.MmuNotifier;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.os.task.Mutex;

/**
 * An address space on one IOMMU: the bonds that share it, and the notifier that keeps the unit's
 * and the devices' caches in step.
 */
final class SvaDomain implements MmuNotifier {
    private final Mm mm;
    private final IommuDriver driver;
    private final PasidLife life;
    private final Node node;
    private final List<Bond> bonds = new ArrayList<>();
    private final Mutex lock;

    SvaDomain(Mm mm, IommuDriver driver, PasidLife life, Node node) {
        this.mm = mm;
        this.driver = driver;
        this.life = life;
        this.node = node;
        this.lock = new Mutex(node.name());
    }

    Mm mm() {
        return mm;
    }

    IommuDriver driver() {
        return driver;
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

    /** Held while an entry is torn down: the end of the mm and an unbind may come together. */
    Mutex lock() {
        return lock;
    }

    /** The entry of a bond has been torn down. */
    void cut(Bond bond) {
        bond.cut();
        life.cut(bond.entry());
    }

    @Override
    public Call<?> release() {
        return new Call<>(Release.MM_RELEASE, new Release(this));
    }

    @Override
    public Call<?> invalidate(long start, long end) {
        return driver.invalidate(bonds.stream().map(Bond::entry).toList(), start, end);
    }

    /** Cuts every entry; nothing is drained, no device is waited for. */
    private static final class Release {
        private static final Procedure<Release> MM_RELEASE =
                Procedure.<Release>named("iommu_sva_mm_release")
                        .step("take domain lock", 30_000, Release::lock)
                        .step("cut entries", 0, Release::cut)
                        .step("entries are gone", 0, Release::told)
                        .build();

        private final SvaDomain domain;
        private List<Bond> bonds;

        Release(SvaDomain domain) {
            this.domain = domain;
        }

        private Next lock(Cpu cpu) {
            return domain.lock.take(this);
        }

        private Next cut(Cpu cpu) {
            bonds = domain.bonds.stream().filter(bond -> !bond.isCut()).toList();
            return bonds.isEmpty()
                    ? Next.ON
                    : Next.call(domain.driver.neutralise(bonds.stream().map(Bond::entry).toList()));
        }

        private Next told(Cpu cpu) {
            bonds.forEach(domain::cut);
            domain.lock.give(this);
            return Next.DONE;
        }
    }
}
