package svasim.os.iommu.smmuv2;

import java.util.LinkedHashSet;
import java.util.Set;
import svasim.os.iommu.PasidEntry;

/** The context bank of a process, and the devices that use it. */
final class SharedContext {
    private final ContextBank bank;
    private final BankValues values;
    private final Set<PasidEntry> users = new LinkedHashSet<>();

    SharedContext(ContextBank bank, BankValues values) {
        this.bank = bank;
        this.values = values;
    }

    ContextBank bank() {
        return bank;
    }

    /** As the bank was set up. */
    BankValues values() {
        return values;
    }

    void add(PasidEntry user) {
        users.add(user);
    }

    /**
     * @return true if no device is left
     */
    boolean remove(PasidEntry user) {
        users.remove(user);
        return users.isEmpty();
    }
}
