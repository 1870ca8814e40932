package svasim.iommu.amdvi;

import svasim.paging.Stage;

/**
 * A legal device table entry as translation uses it, and what the unit remembers with it until it
 * reads the entry again.
 */
final class Device {
    private final DeviceTableEntry entry;
    private final Stage host;
    private final Stage nestedHost;
    private boolean faultReported;

    /**
     * @param host host tables as the device's own addresses see them, or null
     * @param nestedHost host tables as guest tables see them, or null
     */
    Device(DeviceTableEntry entry, Stage host, Stage nestedHost) {
        this.entry = entry;
        this.host = host;
        this.nestedHost = nestedHost;
    }

    DeviceTableEntry entry() {
        return entry;
    }

    /** Host tables for requests without guest translation, or null. */
    Stage host() {
        return host;
    }

    /** Host tables below guest tables, or null; IR and IW of the entry do not count there. */
    Stage nestedHost() {
        return nestedHost;
    }

    /** Whether a page fault of the device is to be reported (SA, SE); it then counts as such. */
    boolean reportsFault() {
        if (entry.suppressesFaults() || entry.suppressesFurtherFaults() && faultReported) {
            return false;
        }
        faultReported = true;
        return true;
    }
}
