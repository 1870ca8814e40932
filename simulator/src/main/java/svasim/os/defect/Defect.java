package svasim.os.defect;

import java.util.Optional;

/** One bug that can be switched on. */
public enum Defect {
    S03("S03", "a PASID is freed when the address space dies, while bonds still exist"),
    S09("S09", "a forked child starts with the PASID register of its parent"),
    S10("S10", "exec leaves the flag set that says that a task has its PASID register"),
    S18("S18", "unbind after the death of the mm finds the entry cut and does not drain requests"),
    S30("S30", "a page that may be written from now on is not announced to the IOMMU (Arm)"),
    S31("S31", "an invalidation of the whole address space is rounded to nothing"),
    S54("S54", "a fault worker answers although its device has left the fault queue meanwhile"),
    I_01("I-01", "a page is freed without waiting for the device's invalidation completion"),
    I_02("I-02", "an unmapping does not invalidate the IOMMU and the devices at all"),
    I_10("I-10", "the PASID allocator hands out a number that has an owner"),
    I_30("I-30", "a page request group is answered twice"),
    I_33("I-33", "unbind does not drain page requests"),
    I_55("I-55", "a page is freed before the wait for its invalidation has returned");

    private final String id;
    private final String description;

    Defect(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** As scenario files write it, for example {@code "S18"} or {@code "I-01"}. */
    public String id() {
        return id;
    }

    /** What goes wrong, in one line. */
    public String description() {
        return description;
    }

    /** The defect with this id. */
    public static Optional<Defect> of(String id) {
        for (Defect defect : values()) {
            if (defect.id.equals(id)) {
                return Optional.of(defect);
            }
        }
        return Optional.empty();
    }
}
