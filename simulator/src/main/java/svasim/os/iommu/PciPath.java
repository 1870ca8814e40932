package svasim.os.iommu;

/**
 * What firmware and configuration space tell of the way from a function to its IOMMU.
 *
 * @param port name of the port above the function; null if the function is integrated
 * @param prefixesPass whether every port on it passes End-End TLP prefixes
 * @param portIsolates whether the port sends every request up to the IOMMU: ACS source validation,
 *     request and completion redirect, upstream forwarding
 * @param functionIsolates the same between the functions of one slot
 * @param mayStall whether the IOMMU may let a request of the device wait without limit; a function
 *     behind a link must not, since that would hold up everything else on the link
 */
public record PciPath(
        String port,
        boolean prefixesPass,
        boolean portIsolates,
        boolean functionIsolates,
        boolean mayStall) {
    /** Of an endpoint that is integrated in the root complex. */
    public static final PciPath INTEGRATED = new PciPath(null, true, true, true, true);

    /** Of a function that is isolated, behind a root port. */
    public static PciPath behindPort(boolean prefixesPass) {
        return new PciPath("port", prefixesPass, true, true, false);
    }

    /** The same, taken for isolated without looking. */
    public PciPath assumedIsolated() {
        return new PciPath(port, prefixesPass, true, functionIsolates, mayStall);
    }

    /** Whether no request with PASID can be routed to a peer, past the IOMMU. */
    boolean isIsolated() {
        return portIsolates && functionIsolates;
    }

    /**
     * What the function shares with the others of its IOMMU group (pci_device_group): the port if
     * peers behind it can reach each other, else the slot if its functions can, else nothing.
     */
    String groupKey(int requesterId) {
        if (!portIsolates) {
            return "port " + port;
        }
        return functionIsolates ? "function " + requesterId : "slot " + (requesterId >>> 3);
    }
}
