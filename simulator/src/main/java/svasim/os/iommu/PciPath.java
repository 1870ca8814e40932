package svasim.os.iommu;

/**
 * What firmware tells of the way from a device to its IOMMU.
 *
 * @param prefixesPass whether every port on it passes End-End TLP prefixes
 * @param mayStall whether the IOMMU may let a request of the device wait without limit; a function
 *     behind a link must not, since that would hold up everything else on the link
 */
public record PciPath(boolean prefixesPass, boolean mayStall) {
    /** Of an endpoint that is integrated in the root complex. */
    public static final PciPath INTEGRATED = new PciPath(true, true);

    /** Of a function behind a root port. */
    public static PciPath behindPort(boolean prefixesPass) {
        return new PciPath(prefixesPass, false);
    }
}
