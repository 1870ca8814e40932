package svasim.os.iommu;

import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.CommandRegister;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ExpressCapability;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;

/**
 * PASID, ATS and PRI of a function, read and switched through its configuration space. PASID has to
 * be enabled before ATS, and ATS before PRI. A virtual function has the PASID and PRI of its
 * physical function, as they are: what is done about them for a virtual function does nothing.
 */
public final class PciFeatures {
    private static final int NONE = 0;
    private static final int NO_VENDOR = 0xFFFF;
    private static final int INTEL = 0x8086;
    private static final int QAT = 0x4940;
    private static final int QAT_MASK = 0xFFFC;

    private final ConfigurationSpace space;

    /** Where PASID and PRI are: the function's own, or that of its physical function. */
    private final ConfigurationSpace shared;

    private final PciPath path;
    private final int pasid;
    private final int ats;
    private final int pri;
    private boolean deferred;
    private boolean pasidWanted;
    private int requestsWanted;
    private boolean untrusted;

    public PciFeatures(ConfigurationSpace space, PciPath path) {
        this(space, path, space);
    }

    /**
     * Of a virtual function.
     *
     * @param shared configuration space of its physical function
     */
    public PciFeatures(ConfigurationSpace space, PciPath path, ConfigurationSpace shared) {
        this.space = space;
        this.path = path;
        this.shared = shared;
        this.pasid = shared.findExtended(PasidCapability.ID);
        this.ats = space.findExtended(AtsCapability.ID);
        this.pri = shared.findExtended(PriCapability.ID);
    }

    /** Whether the function answers: nobody has a vendor ID of all ones. */
    boolean isPresent() {
        return space.read(ConfigurationSpace.VENDOR_ID, Short.BYTES) != NO_VENDOR;
    }

    /** Configuration space of the function. */
    public ConfigurationSpace space() {
        return space;
    }

    /** Where PASID and PRI are switched: that of its physical function, if it is a virtual one. */
    public ConfigurationSpace shared() {
        return shared;
    }

    /** The way of the function's requests to the IOMMU. */
    public PciPath path() {
        return path;
    }

    /** Whether requests with PASID get to the IOMMU: prefixes pass, and no peer is in between. */
    public boolean pasidReachesUnit() {
        return path.prefixesPass() && path.isIsolated();
    }

    /**
     * Whether the function may be stalled by its IOMMU (dma-can-stall): only one that has no other
     * way to wait for a page.
     *
     * @param ats whether the IOMMU answers translation requests
     */
    public boolean mayStall(boolean ats) {
        return path.mayStall() && !(ats && hasAts());
    }

    public boolean hasPasid() {
        return pasid != NONE;
    }

    /**
     * The function is not to be believed (pci_dev.untrusted): what it could say of addresses counts
     * as if it was not able to.
     */
    public void distrust() {
        untrusted = true;
    }

    /** Whether ATS and PRI of the function are left alone, though it may have them. */
    public boolean isUntrusted() {
        return untrusted;
    }

    /** Whether the function may use ATS (pci_ats_supported). */
    public boolean hasAts() {
        return ats != NONE && !untrusted;
    }

    /** Whether the function may make page requests, which build on ATS. */
    public boolean hasPri() {
        return pri != NONE && !untrusted;
    }

    /** Bits of a PASID that the function can send, 0 without the capability. */
    public int pasidWidth() {
        if (!hasPasid()) {
            return 0;
        }
        int capability = shared.read(pasid + PasidCapability.CAPABILITY, Short.BYTES);
        return capability >>> PasidCapability.WIDTH_SHIFT & PasidCapability.WIDTH_MASK;
    }

    /** Invalidations that the function can queue, 1 to 32. */
    public int invalidateQueueDepth() {
        int depth =
                space.read(ats + AtsCapability.CAPABILITY, Short.BYTES)
                        & AtsCapability.QUEUE_DEPTH_MASK;
        return depth == 0 ? AtsCapability.QUEUE_DEPTH_MASK + 1 : depth;
    }

    /** Whether page group responses must repeat the PASID. */
    public boolean responsesCarryPasid() {
        return hasPri()
                && (shared.read(pri + PriCapability.STATUS, Short.BYTES)
                                & PriCapability.RESPONSE_PASID_REQUIRED)
                        != 0;
    }

    /**
     * Whether the function has to be told of an invalidation twice (dev_needs_extra_dtlb_flush):
     * some accelerators complete the first one ahead of a translation that they have asked for.
     */
    public boolean needsExtraFlush() {
        int device = space.read(ConfigurationSpace.DEVICE_ID, Short.BYTES);
        return space.read(ConfigurationSpace.VENDOR_ID, Short.BYTES) == INTEL
                && (device & QAT_MASK) == QAT;
    }

    public boolean pasidEnabled() {
        return hasPasid() && isSet(shared, pasid + PasidCapability.CONTROL, PasidCapability.ENABLE);
    }

    public boolean atsEnabled() {
        return hasAts() && isSet(space, ats + AtsCapability.CONTROL, AtsCapability.ENABLE);
    }

    public boolean priEnabled() {
        return hasPri() && isSet(shared, pri + PriCapability.CONTROL, PriCapability.ENABLE);
    }

    /** Enables requests with PASID; before ATS. */
    public void enablePasid() {
        if (isVirtual()) {
            return;
        }
        write(pasid + PasidCapability.CONTROL, PasidCapability.ENABLE);
    }

    /**
     * Enables requests with PASID.
     *
     * @param late only when ATS is enabled already, because somebody wanted that first (S65)
     */
    public void enablePasid(boolean late) {
        if (deferred) {
            pasidWanted = true;
            return;
        }
        if (late && hasAts()) {
            enableAts();
        }
        enablePasid();
    }

    /** From now on PASID and PRI are only noted as usable, until the driver wants them. */
    public void defer() {
        deferred = true;
    }

    /** Enables PASID if it was found to be usable. */
    void enableDeferredPasid() {
        deferred = false;
        if (pasidWanted) {
            enablePasid();
        }
    }

    /** Enables PRI if it was found to be usable, and its responses carry what requests do. */
    void enableDeferredPri() {
        boolean answers = !pasidEnabled() || responsesCarryPasid();
        if (requestsWanted > 0 && atsEnabled() && answers) {
            enablePri(requestsWanted);
        }
    }

    /** Enables ATS with a smallest translation unit of 4 KiB. */
    public void enableAts() {
        write(ats + AtsCapability.CONTROL, AtsCapability.ENABLE);
    }

    /** Resets the page request interface, allows it so many requests and enables it. */
    public void enablePri(int requests) {
        if (isVirtual()) {
            return;
        }
        if (deferred) {
            requestsWanted = requests;
            return;
        }
        int capacity = shared.read(pri + PriCapability.CAPACITY, Integer.BYTES);
        write(pri + PriCapability.CONTROL, PriCapability.RESET);
        int allowed = Math.min(capacity, requests);
        shared.write(pri + PriCapability.ALLOCATION, Integer.BYTES, allowed);
        write(pri + PriCapability.CONTROL, PriCapability.ENABLE);
    }

    /** Whether the registers behind the BARs answer; a virtual function has no say in that. */
    public boolean memoryEnabled() {
        boolean virtual = shared != space;
        int command = space.read(CommandRegister.OFFSET, Short.BYTES);
        return virtual || (command & CommandRegister.MEMORY_SPACE) != 0;
    }

    /** Has the registers behind the BARs answer. */
    public void enableMemory() {
        int command = space.read(CommandRegister.OFFSET, Short.BYTES);
        space.write(CommandRegister.OFFSET, Short.BYTES, command | CommandRegister.MEMORY_SPACE);
    }

    /** Which features are on. */
    record Enabled(boolean memory, boolean pasid, boolean ats, int pageRequests) {}

    Enabled enabled() {
        int allowed = priEnabled() ? shared.read(pri + PriCapability.ALLOCATION, Integer.BYTES) : 0;
        return new Enabled(memoryEnabled(), pasidEnabled(), atsEnabled(), allowed);
    }

    /** Function Level Reset, if the function has it; everything is off afterwards. */
    void reset() {
        boolean express = space.read(ExpressCapability.OFFSET, 1) == ExpressCapability.ID;
        if (express) {
            int control = space.read(ExpressCapability.DEVICE_CONTROL, Short.BYTES);
            write(ExpressCapability.DEVICE_CONTROL, control | ExpressCapability.INITIATE_RESET);
        }
        disablePasid();
    }

    /** Switches on again what was on before a reset. */
    void restore(Enabled before) {
        if (before.memory()) {
            enableMemory();
        }
        if (before.pasid()) {
            enablePasid();
        }
        if (before.ats()) {
            enableAts();
        }
        if (before.pageRequests() != 0) {
            enablePri(before.pageRequests());
        }
    }

    /** Everything off, in the order in which it builds on each other. */
    public void disableAll() {
        disablePri();
        disableAts();
        disablePasid();
    }

    public void disablePri() {
        if (!hasPri() || isVirtual()) {
            return;
        }
        write(pri + PriCapability.CONTROL, 0);
    }

    public void disableAts() {
        if (!hasAts()) {
            return;
        }
        write(ats + AtsCapability.CONTROL, 0);
    }

    public void disablePasid() {
        if (!hasPasid() || isVirtual()) {
            return;
        }
        write(pasid + PasidCapability.CONTROL, 0);
    }

    private boolean isVirtual() {
        return shared != space;
    }

    private static boolean isSet(ConfigurationSpace of, int control, int flag) {
        return (of.read(control, Short.BYTES) & flag) != 0;
    }

    private void write(int control, int value) {
        space.write(control, Short.BYTES, value);
    }
}
