package svasim.os.sva;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.mm.MmuNotifier;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/** An address space that is kept alive (mm_users) for the devices of one IOMMU. */
final class PinnedSpace implements MmuNotifier {
    private static final Procedure<Iterator<Call<?>>> MM_RELEASE =
            Procedure.<Iterator<Call<?>>>named("intel_mm_release")
                    .step("clear PASID entry", 30_000, PinnedSpace::runNext)
                    .build();

    private final Mm mm;
    private final IommuDriver driver;
    private final PasidLife life;
    private final Node node;
    private final List<Bond> bonds = new ArrayList<>();

    PinnedSpace(Mm mm, IommuDriver driver, PasidLife life, Node node) {
        this.mm = mm;
        this.driver = driver;
        this.life = life;
        this.node = node;
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

    /** The bond of a device, or null. */
    Bond bond(PciDevice device) {
        return bonds.stream().filter(bond -> bond.device() == device).findFirst().orElse(null);
    }

    /** Never with bonds left, since each of them keeps the contents alive. */
    @Override
    public Call<?> release() {
        List<Call<?>> erasures = new ArrayList<>();
        bonds.forEach(bond -> erasures.add(driver.erase(bond.entry())));
        return new Call<>(MM_RELEASE, erasures.iterator());
    }

    private static Next runNext(Iterator<Call<?>> erasures, Cpu cpu) {
        return erasures.hasNext() ? new Next.EnterAgain(erasures.next()) : Next.DONE;
    }

    @Override
    public Call<?> invalidate(long start, long end) {
        return driver.invalidate(bonds.stream().map(Bond::entry).toList(), start, end);
    }
}
