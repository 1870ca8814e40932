package svasim.os.iommu;

import java.util.List;
import svasim.iommu.core.PageResponse;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;

/**
 * The driver of one IOMMU, as the layers above use it. Each method returns a procedure whose steps
 * write real tables, queues and registers; when the procedure is over, so is what it is named for.
 */
public interface IommuDriver extends GuestOperations {
    /** Name of the unit, for example {@code "iommu0"}. */
    String name();

    /** Number of the unit; also of its own PASID space, where a policy has one per unit. */
    int number();

    /** Brings the unit up: tables, queues, interrupts, translation on. */
    Call<?> probe();

    /** Makes a device known to the unit and switches on PASID, ATS and PRI as far as possible. */
    Call<?> probeDevice(PciDevice device);

    /** Tells the unit of PASID, ATS and PRI of a device that have been switched since its probe. */
    default Call<?> featuresChanged(PciDevice device) {
        return Call.nothing();
    }

    /**
     * Treats the device's requests without PASID so from now on, and leaves nothing in any cache of
     * how they were treated before. Its entries for PASIDs stay as they are.
     */
    Call<?> attach(PciDevice device, DomainType type);

    /**
     * Forgets a device that is attached to the blocked domain and has no PASID in use: switches its
     * features off, clears its entry and flushes whatever was cached of it.
     */
    Call<?> releaseDevice(PciDevice device);

    /**
     * What has to be so for the device to take an address space of a process, in the order in which
     * it builds on itself.
     *
     * @param subset what the device is going to use of shared virtual addressing
     * @see #pasidLimit
     */
    List<BindCondition> bindConditions(PciDevice device, FeatureSubset subset);

    /**
     * Where numbers for address spaces come from, if not from the system itself: a guest that uses
     * the PASIDs of its host asks that for them. Null for a system that has its own.
     */
    default PasidSource pasidSource() {
        return null;
    }

    /** First PASID that is too large for the unit or the device. */
    int pasidLimit(PciDevice device);

    /**
     * PASID that a device's requests carry for the address space that software knows by a number:
     * the number itself, or {@code PasidPrefix.NONE} where the unit knows no PASIDs, so that the
     * whole function is given to one address space.
     */
    default int requestPasid(int pasid) {
        return pasid;
    }

    /**
     * What keeps the unit from giving a device an address space now, or null: something that others
     * have used up. A policy asks before each {@link #install}, under the lock it installs with.
     *
     * @param space null for one that is new
     */
    default String obstacle(PciDevice device, AddressSpace space) {
        return null;
    }

    /**
     * A domain for a driver's own use of a PASID, with nothing in it (iommu_paging_domain_alloc).
     *
     * @param id number of the domain in the trace
     */
    AuxiliaryDomain newDomain(int id);

    /**
     * Makes the entry present; page requests of the device are handled from now on. That of
     * requests without PASID shows the DMA API before, which is cut off first.
     */
    Call<?> install(PasidEntry entry);

    /**
     * The address space dies: cuts its entries and flushes every cache. What stays of an entry has
     * later faults not reported. Does not wait for page requests.
     *
     * @param entries of this unit, all of one address space
     */
    Call<?> neutralise(List<PasidEntry> entries);

    /** Cuts an entry and leaves nothing of it. Does not wait for page requests. */
    Call<?> tearDown(PasidEntry entry);

    /**
     * The same, but what only the unit has cached may stay until {@link #forget}: without an entry
     * nobody can use it.
     */
    default Call<?> tearDownUntilForgotten(PasidEntry entry) {
        return tearDown(entry);
    }

    /** Clears the entry and flushes nothing. */
    Call<?> erase(PasidEntry entry);

    /** Flushes every cache of the entry's translations and changes nothing. */
    Call<?> flush(PasidEntry entry);

    /** Waits until no page request of the entry is left in hardware, queue or worker. */
    Call<?> drain(PasidEntry entry);

    /**
     * Waits for the workers that resolve page requests, of whatever entry; not for requests that no
     * worker has yet. Nothing for a unit that takes none.
     */
    default Call<?> flushFaults() {
        return Call.nothing();
    }

    /**
     * The entry does not need the device's page faults while it is torn down for a reset; {@link
     * #install} uses them again.
     */
    default Call<?> leaveFaults(PasidEntry entry) {
        return Call.nothing();
    }

    /**
     * Sends the device no more invalidations for the entry. If it was the device's last one, groups
     * that still wait are answered as invalid.
     */
    Call<?> forget(PasidEntry entry);

    /**
     * Removes a range from the caches of the unit and of the devices.
     *
     * @param entries of this unit, all of one address space
     * @param end first address behind the range; -1 for everything
     */
    Call<?> invalidate(List<PasidEntry> entries, long start, long end);

    /** Sends a page group response. */
    Call<?> respond(PageGroup group, PageResponse response);

    /**
     * Whether the notifier of an address space that is bound here is unregistered synchronously
     * when it is not needed any more, and does not wait for a grace period.
     */
    default boolean unregistersAtOnce() {
        return false;
    }

    /** Memory that a device driver shares with its device. */
    DmaApi dma();

    /** What is in use now that the driver of a real system lacks; one line each. */
    default List<String> hypothetical() {
        return List.of();
    }
}
