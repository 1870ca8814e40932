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
 * @param hotUnits how many of them, from the first on, are hot
 * @param farEvery of so many accesses one goes anywhere, if not all places are hot
 * @param ring first address of the card's own queues
 */
record Measurement(
        boolean write,
        boolean readsBack,
        PasidPrefix pasid,
        long window,
        long units,
        long hotUnits,
        int farEvery,
        long ring,
        long samples) {
    /** A place in the window: of the hot ones, and of all, each is as likely as any other. */
    long address(RandomStream random, long unit) {
        boolean anywhere = hotUnits == units || random.below(farEvery) == 0;
        return window + random.below(anywhere ? units : hotUnits) * unit;
    }
}
