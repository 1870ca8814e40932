package svasim.check;

import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;

/** Configuration spaces for tests. */
final class Functions {
    private static final int PASID_BITS = 8;

    /** Page requests that may be outstanding. */
    static final int ALLOCATION = 32;

    private Functions() {}

    /** PASID of 8 bits, ATS and PRI are on, with 32 page requests; responses carry PASIDs. */
    static ConfigurationSpace allOn() {
        return with(true);
    }

    /** The same, but responses to page requests carry no PASID. */
    static ConfigurationSpace withoutPasidOnResponses() {
        return with(false);
    }

    private static ConfigurationSpace with(boolean responsePasid) {
        ConfigurationSpace space = new ConfigurationSpace();
        new PasidCapability(space, PASID_BITS, true, true);
        new AtsCapability(space, 0, true);
        new PriCapability(space, ALLOCATION, responsePasid);
        set(space, PasidCapability.ID, PasidCapability.CONTROL, PasidCapability.ENABLE);
        set(space, AtsCapability.ID, AtsCapability.CONTROL, AtsCapability.ENABLE);
        set(space, PriCapability.ID, PriCapability.ALLOCATION, ALLOCATION);
        set(space, PriCapability.ID, PriCapability.CONTROL, PriCapability.ENABLE);
        return space;
    }

    /** Software writes the 16 bits of a register of a capability. */
    static void set(ConfigurationSpace space, int capability, int register, int value) {
        space.write(space.findExtended(capability) + register, Short.BYTES, value);
    }
}
