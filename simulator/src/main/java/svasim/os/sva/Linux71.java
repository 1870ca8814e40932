package svasim.os.sva;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.os.defect.Defect;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.mm.MmEnd;
import svasim.os.procedure.Call;
import svasim.os.task.Mutex;
import svasim.os.task.Platform;

/**
 * Linux 7.1 (reference 2.10): one PASID per mm in one system-wide space, given back when the struct
 * of the mm goes; bonds hold mm_count only. The death of the mm cuts the hardware off at once,
 * without waiting for the device; unbind drains.
 */
final class Linux71 implements SvaPolicy, MmEnd {
    private static final int SYSTEM_WIDE = 0;

    private final Platform platform;
    private final PasidLives lives;
    private final Mutex lock = new Mutex("iommu_sva_lock");
    private final Map<Mm, MmData> data = new HashMap<>();

    /** iommu_mm_data: what an mm has once it was bound. */
    private record MmData(PasidLife life, List<SvaDomain> domains) {}

    Linux71(Platform platform, PasidLives lives) {
        this.platform = platform;
        this.lives = lives;
    }

    @Override
    public Call<?> bind(BindRequest request) {
        return LinuxBind.call(this, request);
    }

    @Override
    public Call<?> unbind(Bond bond) {
        return LinuxUnbind.call(this, bond, domain(bond));
    }

    Platform platform() {
        return platform;
    }

    Mutex lock() {
        return lock;
    }

    /** The PASID of the address space, allocated if it has none; null if no number is free. */
    PasidLife life(Mm mm, int limit) {
        MmData known = data.get(mm);
        if (known != null) {
            return known.life();
        }
        PasidLife life = lives.allocate(lives.space(SYSTEM_WIDE), limit, mm);
        if (life != null) {
            data.put(mm, new MmData(life, new ArrayList<>()));
            mm.pasid(life.pasid());
            mm.atEnd(this);
        }
        return life;
    }

    /** The bond of a device, or null. */
    Bond bond(Mm mm, PciDevice device) {
        for (SvaDomain domain : data.get(mm).domains()) {
            for (Bond bond : domain.bonds()) {
                if (bond.device() == device) {
                    return bond;
                }
            }
        }
        return null;
    }

    /** The domain on a unit; a new one holds mm_count twice, once by its notifier. */
    SvaDomain domain(Mm mm, IommuDriver driver) {
        MmData known = data.get(mm);
        for (SvaDomain domain : known.domains()) {
            if (domain.driver() == driver) {
                return domain;
            }
        }
        String name = "SVA domain of " + mm.name() + " on " + driver.name();
        SvaDomain domain =
                new SvaDomain(mm, driver, known.life(), platform.references().node(name));
        mm.register(domain);
        mm.grab(domain.node());
        known.domains().add(domain);
        return domain;
    }

    private SvaDomain domain(Bond bond) {
        return data.get(bond.mm()).domains().stream()
                .filter(domain -> domain.bonds().contains(bond))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "unbind of a bond that has ended: " + bond.pasid()));
    }

    /** The last device on a unit is gone. */
    void unlink(SvaDomain domain) {
        data.get(domain.mm()).domains().remove(domain);
    }

    @Override
    public void contentsGone(Mm mm) {
        if (platform.defects().has(Defect.S03)) {
            data.get(mm).life().free();
        }
    }

    @Override
    public void structGone(Mm mm) {
        MmData gone = data.remove(mm);
        if (gone.life().state() != PasidState.FREED) {
            gone.life().free();
        }
    }
}
