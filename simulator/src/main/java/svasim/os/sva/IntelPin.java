package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.task.Mutex;
import svasim.os.task.Platform;

/**
 * The VT-d driver of October 2015 (reference 2.4): numbers of each IOMMU's own, and a bond that
 * holds mm_users, so that the address space lives until the device driver unbinds. Unbind flushes
 * the caches and then clears the entry, and drains nothing: that is the device driver's duty.
 *
 * <p>That driver counted from 0; scalable mode keeps PASID 0 for requests without PASID, so that
 * numbers start at 1 here.
 */
final class IntelPin implements SvaPolicy {
    private final Platform platform;
    private final PasidLives lives;
    private final Mutex lock = new Mutex("pasid_mutex");
    private final List<PinnedSpace> spaces = new ArrayList<>();

    IntelPin(Platform platform, PasidLives lives) {
        this.platform = platform;
        this.lives = lives;
    }

    @Override
    public Call<?> bind(BindRequest request) {
        return PinBind.call(this, request);
    }

    @Override
    public Call<?> unbind(Bond bond) {
        return PinUnbind.call(this, bond, find(bond.mm(), bond.device().iommu()));
    }

    Platform platform() {
        return platform;
    }

    Mutex lock() {
        return lock;
    }

    /** The address space on a unit, or null. */
    PinnedSpace find(Mm mm, IommuDriver driver) {
        return spaces.stream()
                .filter(space -> space.mm() == mm && space.driver() == driver)
                .findFirst()
                .orElse(null);
    }

    /** Takes a number of the unit for the address space and pins it; null if none is free. */
    PinnedSpace pin(Mm mm, PciDevice device) {
        IommuDriver driver = device.iommu();
        PasidSpace numbers = lives.space(driver.number() + 1);
        PasidLife life = lives.allocate(numbers, driver.pasidLimit(device), mm);
        if (life == null) {
            return null;
        }
        String name = "intel_svm of " + mm.name() + " on " + driver.name();
        PinnedSpace space = new PinnedSpace(mm, driver, life, platform.references().node(name));
        mm.getUsers(space.node());
        mm.register(space);
        spaces.add(space);
        return space;
    }

    void remove(PinnedSpace space) {
        spaces.remove(space);
    }
}
