package svasim.models.dmabench;

import svasim.kernel.RandomStream;
import svasim.pcie.tlp.PasidPrefix;

/**
 * One run of the card: which addresses, in which order, how many are left.
 *
 * @param write whether the card writes
 * @param readsBack whether it reads each time what it has written
 * @param pasid of all accesses, or null
 * @param window first address
 * @param units places at which an access may start
 * @param ring first address of the card's own queues
 */
record Measurement(
        boolean write,
        boolean readsBack,
        PasidPrefix pasid,
        long window,
        long units,
        long ring,
        long samples) {
    /** A place in the window, each as likely as any other. */
    long address(RandomStream random, long unit) {
        return window + random.below(units) * unit;
    }
}
