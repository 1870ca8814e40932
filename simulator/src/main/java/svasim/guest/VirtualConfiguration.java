package svasim.guest;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.PciFeatures;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ExpressCapability;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;

/**
 * The configuration space that a monitor shows its guest for a function: the capabilities are those
 * of the machine's function, what is switched in them is only noted. Accesses to it take no exit
 * here.
 */
final class VirtualConfiguration {
    private static final int MAX_PAYLOAD = 256;
    private static final int MAX_READ_REQUEST = 512;

    private final ConfigurationSpace space = new ConfigurationSpace();
    private final ExpressCapability express;

    /** Switch everything off, as a reset does. */
    private final List<Runnable> resets = new ArrayList<>();

    /**
     * @param real the machine's function
     * @param translated whether the guest has an IOMMU above it, so that ATS has a meaning
     */
    VirtualConfiguration(PciFeatures real, boolean translated) {
        space.identify(
                real.space().read(ConfigurationSpace.VENDOR_ID, Short.BYTES),
                real.space().read(ConfigurationSpace.DEVICE_ID, Short.BYTES));
        express = new ExpressCapability(space, MAX_PAYLOAD, MAX_READ_REQUEST);
        resets.add(express::reset);
        express.onReset(this::reset);
        if (translated) {
            addAts(real);
            addPasid(real);
            addPri(real);
        }
    }

    private void addAts(PciFeatures real) {
        int ats = real.space().findExtended(AtsCapability.ID);
        if (ats != 0) {
            int flags = real.space().read(ats + AtsCapability.CAPABILITY, Short.BYTES);
            AtsCapability own =
                    new AtsCapability(
                            space,
                            real.invalidateQueueDepth(),
                            (flags & AtsCapability.GLOBAL_INVALIDATE) != 0);
            resets.add(own::reset);
        }
    }

    private void addPasid(PciFeatures real) {
        int pasid = real.shared().findExtended(PasidCapability.ID);
        if (pasid != 0) {
            int flags = real.shared().read(pasid + PasidCapability.CAPABILITY, Short.BYTES);
            PasidCapability own =
                    new PasidCapability(
                            space,
                            real.pasidWidth(),
                            (flags & PasidCapability.EXECUTE) != 0,
                            (flags & PasidCapability.PRIVILEGED) != 0);
            resets.add(own::reset);
        }
    }

    private void addPri(PciFeatures real) {
        int pri = real.shared().findExtended(PriCapability.ID);
        if (pri != 0) {
            PriCapability own =
                    new PriCapability(
                            space,
                            real.shared().read(pri + PriCapability.CAPACITY, Integer.BYTES),
                            real.responsesCarryPasid());
            resets.add(own::reset);
        }
    }

    /** What the guest's software reads and writes. */
    ConfigurationSpace space() {
        return space;
    }

    /** Has this done when the guest starts a Function Level Reset. */
    void onReset(Runnable action) {
        express.onReset(
                () -> {
                    reset();
                    action.run();
                });
    }

    private void reset() {
        resets.forEach(Runnable::run);
    }
}
