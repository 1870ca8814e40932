package svasim.iommu.core;

import java.util.List;
import svasim.layout.Pointer;
import svasim.paging.Stage;
import svasim.pcie.fabric.TranslationAgent;

/** An IOMMU as its two sides see it: registers for software, a translation agent for the fabric. */
public interface Iommu extends TranslationAgent {
    /** Name in traces and statistics, for example {@code iommu0}. */
    String name();

    /**
     * Software reads a register.
     *
     * @param offset from the unit's register base, in bytes
     * @param bytes 4 or 8
     */
    long readRegister(long offset, int bytes);

    /** Software writes a register; what that starts happens from now on. */
    void writeRegister(long offset, int bytes, long value);

    /**
     * Translates at once against the tables in memory as they are now: no cache is asked, nothing
     * is recorded, no bit is set. For checks, {@code explain} and tests.
     *
     * @param pasid {@code PasidPrefix.NONE} without
     * @param access bits of {@link svasim.paging.Access}
     */
    Explanation explain(int requesterId, int pasid, long iova, int access);

    /** Stands for "no first-stage tables" in {@link #rootOf}. */
    long NO_ROOT = -1L;

    /**
     * First-stage root that the tables in memory name now for a function and PASID; {@link
     * #NO_ROOT} if there is no valid entry, a neutral one, or one without a first stage. Read at
     * once, without side effect, for checks.
     */
    long rootOf(int requesterId, int pasid);

    /**
     * Tables that the entries in memory name now for the requests of a function with a PASID: of
     * the first stage if it has both. For software that emulates the unit and copies them.
     *
     * @param pasid {@code PasidPrefix.NONE} without
     * @return null if no valid entry names any
     */
    default Stage tablesOf(int requesterId, int pasid) {
        return null;
    }

    /**
     * Words of the entry that the tables of devices in memory have now for a function, whatever
     * they say: a stream table entry or a device table entry. For software that emulates the unit.
     *
     * @return empty while translation is off, if no entry is there, and if the unit's tables of
     *     devices lead to tables of PASIDs that guests do not own
     */
    default List<Long> deviceEntry(int requesterId) {
        return List.of();
    }

    /** Page requests that wait for software; read-only, for checks. */
    default PageRequestBacklog pageRequestBacklog() {
        return PageRequestBacklog.NONE;
    }

    /** Shows every translation that the unit's caches hold; read-only. */
    void visitTranslations(CachedTranslationVisitor visitor);

    /**
     * Tables that the unit's registers lead to now, for people who look at them; read-only.
     *
     * @return empty while translation is off, or if the unit has no tables
     */
    default List<Pointer> tables() {
        return List.of();
    }

    /**
     * What the unit remembers besides finished translations, by the names of the caches; for people
     * who look at it, and not to be changed.
     */
    default List<CacheView> structureCaches() {
        return List.of();
    }

    /** Queues between software and the unit, for people who look at them. */
    default List<QueueView> queues() {
        return List.of();
    }

    /**
     * What a fault is called in the unit's specification.
     *
     * @param code as observations have it
     */
    default String faultName(long code) {
        return "code " + Long.toHexString(code) + "h";
    }

    /** What has to happen before the unit is idle; empty if it is idle. For reports of hangs. */
    String waitingFor();
}
