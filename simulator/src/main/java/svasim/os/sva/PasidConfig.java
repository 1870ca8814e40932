package svasim.os.sva;

import svasim.pcie.tlp.PasidPrefix;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Where numbers come from; absent keys take the values of the policy.
 *
 * @param space who has numbers of its own
 * @param order which of the free numbers is given
 * @param width bits of a number, where neither device nor IOMMU is narrower
 * @param rest time for which a freed number is not given again, with the order {@code delayed}
 * @param quota numbers that one address space may own at once; only with the policy {@code
 *     ioasid-ref}, which counts them by the set that owns them
 */
public record PasidConfig(
        Space space, Order order, Integer width, Picoseconds rest, Integer quota) {
    /** Nothing chosen. */
    public static final PasidConfig UNDECIDED = new PasidConfig(null, null, null, null, null);

    private static final int WIDEST = Integer.bitCount(PasidPrefix.MAX_PASID);
    private static final Picoseconds REST = Picoseconds.ofMicros(10_000);

    /** Within what a number has one owner. */
    public enum Space {
        /** Each device: two devices may use one number for two address spaces. */
        DEVICE,
        /** Each IOMMU, with all devices behind it. */
        IOMMU,
        /** The whole system. */
        SYSTEM
    }

    /** Which of the free numbers is given. */
    public enum Order {
        /** The lowest, so that a number comes back at once (IDA). */
        LOWEST,
        /** The next one after the last that was given (cyclic IDR). */
        CYCLIC,
        /** The lowest that has rested. */
        DELAYED,
        /** Any. */
        RANDOM
    }

    public PasidConfig {
        Require.that(
                rest == null || order == Order.DELAYED,
                "rest",
                rest,
                "a time only with the order delayed");
        if (quota != null) {
            Require.positive("quota", quota);
        }
        if (width != null) {
            Require.range("width", width, 1, WIDEST);
        }
    }

    /** With the values of a policy where nothing was chosen. */
    public PasidConfig orElse(Space usualSpace, Order usualOrder) {
        Order chosen = order == null ? usualOrder : order;
        return new PasidConfig(
                space == null ? usualSpace : space,
                chosen,
                width == null ? WIDEST : width,
                rest == null && chosen == Order.DELAYED ? REST : rest,
                quota);
    }

    /** First number that is too wide. */
    int limit() {
        return 1 << width;
    }

    /** Numbers that a set may own; as many as there are if nobody says otherwise. */
    int quotaOfSet() {
        return quota == null ? limit() : quota;
    }

    long restPs() {
        return rest == null ? 0 : rest.value();
    }
}
