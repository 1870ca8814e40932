package svasim.os.iommu;

import svasim.iommu.core.Forwarding.Scope;
import svasim.os.procedure.Call;
import svasim.paging.Stage;
import svasim.stats.Counter;

/**
 * What the driver of an IOMMU does for virtual machines. A machine has one {@link SecondStage} for
 * each unit above its devices. Requests without PASID of an assigned device go through it alone.
 *
 * <p>Where the host owns the PASID tables (VT-d), a PASID of a guest is an entry of a {@link
 * NestedSpace}, which {@link IommuDriver#install}, {@link IommuDriver#tearDown} and the others are
 * for. Elsewhere the unit reads the guest's own table, which {@link #showGuestTables} shows it.
 */
public interface GuestOperations {
    /** Whether the unit has two stages that it can nest; the others refuse without. */
    default boolean servesGuests() {
        return false;
    }

    /** Whether the unit reads the tables of PASIDs that guests make. */
    default boolean guestOwnsPasidTables() {
        return false;
    }

    /**
     * The memory of a virtual machine, with nothing mapped.
     *
     * @param id number of the machine
     */
    default SecondStage newSecondStage(int id) {
        throw refusal();
    }

    /**
     * A copy of a guest's tables and what is behind them, with nothing copied.
     *
     * @param id number in the trace, the same for no two address spaces
     * @param guest tables with a guest-physical root
     * @param copied counts the entries that are written
     */
    default ShadowSpace newShadow(
            int id, String name, Stage guest, SecondStage stage, Counter copied) {
        throw refusal();
    }

    /**
     * Gives a device, and with it its group, to a virtual machine: its requests without PASID go
     * through the second stage from now on, and nothing is cached of how they were treated before.
     * A reset of the device does not change that.
     */
    default Call<?> assign(PciDevice device, SecondStage stage) {
        throw refusal();
    }

    /**
     * Takes an assigned device away from its machine: what it asks for is refused, and nothing of
     * the guest is cached in unit or device. Nested entries were torn down before.
     */
    default Call<?> unassign(PciDevice device) {
        throw refusal();
    }

    /**
     * Has the unit use a guest's own table of PASIDs for an assigned device. What a guest may not
     * say, or what is not legal, has the device's requests aborted, and nobody else's.
     *
     * @param tables null for none: requests without PASID go through the second stage alone
     */
    default Call<?> showGuestTables(PciDevice device, GuestTables tables) {
        throw refusal();
    }

    /**
     * Removes what a guest has invalidated from the unit's caches: translations of an assigned
     * device, under the tags that the unit knows them by. Where the host owns the PASID tables, the
     * PASID is the host's.
     */
    default Call<?> invalidateGuest(PciDevice device, Scope scope) {
        throw refusal();
    }

    /**
     * Removes what a guest has invalidated of its own table of PASIDs. Nothing where the host owns
     * the tables.
     *
     * @param pasid {@code Forwarding.ALL} for every one, and for requests without PASID
     */
    default Call<?> invalidateGuestEntries(PciDevice device, int pasid) {
        throw refusal();
    }

    /**
     * Removes a range from the device's own cache.
     *
     * @param pasid {@code PasidPrefix.NONE} for translations without
     * @param bytes {@code Forwarding.ALL} for everything
     */
    default Call<?> invalidateDeviceTlb(PciDevice device, int pasid, long address, long bytes) {
        throw refusal();
    }

    private static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("the unit serves no guests");
    }
}
