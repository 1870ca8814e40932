package svasim.check;

import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;

/**
 * What is switched on in a function's configuration space now.
 *
 * @param shared where PASID and PRI are: of a virtual function in that of its physical function
 */
record Controls(ConfigurationSpace space, ConfigurationSpace shared) {

    static Controls of(Probes probes, int requesterId) {
        return new Controls(
                probes.configuration(requesterId), probes.sharedConfiguration(requesterId));
    }

    /** Whether PASID and PRI are those of another function, which goes on using them. */
    boolean isVirtual() {
        return space != shared;
    }

    /** First PASID that is too wide for the function; 0 if it has none. */
    int pasids() {
        int offset = shared.findExtended(PasidCapability.ID);
        if (offset == 0) {
            return 0;
        }
        int capability = shared.read(offset + PasidCapability.CAPABILITY, Short.BYTES);
        return 1 << (capability >>> PasidCapability.WIDTH_SHIFT & PasidCapability.WIDTH_MASK);
    }

    boolean pasid() {
        return bit(PasidCapability.ID, PasidCapability.CONTROL, PasidCapability.ENABLE);
    }

    boolean ats() {
        return bit(AtsCapability.ID, AtsCapability.CONTROL, AtsCapability.ENABLE);
    }

    boolean pri() {
        return bit(PriCapability.ID, PriCapability.CONTROL, PriCapability.ENABLE);
    }

    /** Whether responses to page requests name the PASID. */
    boolean responsesCarryPasid() {
        return bit(PriCapability.ID, PriCapability.STATUS, PriCapability.RESPONSE_PASID_REQUIRED);
    }

    /** Page requests that may be outstanding. */
    int allocation() {
        int offset = shared.findExtended(PriCapability.ID);
        return offset == 0 ? 0 : shared.read(offset + PriCapability.ALLOCATION, Integer.BYTES);
    }

    /** Offset of PASID Control, or 0. */
    int pasidControl() {
        int offset = shared.findExtended(PasidCapability.ID);
        return offset == 0 ? 0 : offset + PasidCapability.CONTROL;
    }

    private boolean bit(int capability, int register, int mask) {
        ConfigurationSpace of = capability == AtsCapability.ID ? space : shared;
        int offset = of.findExtended(capability);
        return offset != 0 && (of.read(offset + register, Short.BYTES) & mask) != 0;
    }
}
