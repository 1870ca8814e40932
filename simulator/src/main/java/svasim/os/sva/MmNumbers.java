package svasim.os.sva;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import svasim.os.defect.Defect;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.mm.MmEnd;
import svasim.os.task.Platform;

/**
 * Numbers that an address space keeps whatever binds and unbinds follow, and that are given back
 * when its struct goes.
 */
final class MmNumbers implements MmEnd {
    private final Platform platform;
    private final PasidLives lives;
    private final BiConsumer<Mm, PasidLife> end;

    /** By space of numbers. */
    private final Map<Mm, Map<PasidSpace, PasidLife>> numbers = new HashMap<>();

    /**
     * @param end what happens to a number when the address space ends
     */
    MmNumbers(Platform platform, PasidLives lives, BiConsumer<Mm, PasidLife> end) {
        this.platform = platform;
        this.lives = lives;
        this.end = end;
    }

    /** Whether the address space has a number already where the device takes its numbers from. */
    boolean has(Mm mm, PciDevice device) {
        Map<PasidSpace, PasidLife> known = numbers.get(mm);
        return known != null && known.containsKey(lives.space(device));
    }

    /** The number of the address space, allocated if it has none; null if no number is free. */
    PasidLife life(Mm mm, PciDevice device, int limit) {
        PasidSpace space = lives.space(device);
        Map<PasidSpace, PasidLife> known = numbers.get(mm);
        boolean another = platform.defects().has(Defect.I_13);
        if (known != null && known.containsKey(space) && !another) {
            return known.get(space);
        }
        PasidLife life = lives.allocate(limit, device, mm);
        if (life != null) {
            if (known == null) {
                known = new LinkedHashMap<>();
                numbers.put(mm, known);
                mm.pasid(life.pasid());
                mm.atEnd(this);
            }
            known.put(space, life);
        }
        return life;
    }

    @Override
    public void copied(Mm from, Mm to) {
        numbers.put(to, numbers.get(from));
        to.pasid(from.pasid());
        to.atEnd(this);
    }

    @Override
    public void contentsGone(Mm mm) {
        if (platform.defects().has(Defect.S03)) {
            numbers.get(mm).values().forEach(life -> end.accept(mm, life));
        }
    }

    @Override
    public void structGone(Mm mm) {
        Map<PasidSpace, PasidLife> own = numbers.remove(mm);
        boolean forgotten = platform.defects().has(Defect.S11) && mm.pasid() == Mm.NO_PASID;
        if (!forgotten) {
            own.values().forEach(life -> end.accept(mm, life));
        }
    }
}
