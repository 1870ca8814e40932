package svasim.os.defect;

import java.util.Optional;

/** One bug that can be switched on. */
public enum Defect {
    S02("S02", "unbind gives back mm_users and not the mm_count that bind took"),
    S03("S03", "a PASID is freed when the address space dies, while bonds still exist"),
    S04(
            "S04",
            "unbind leaves the lists of an address space after it has given back the last mm_count"),
    S05("S05", "an ASID is unpinned after the address space that it belongs to may be gone"),
    S07("S07", "a forked address space copies the PASID of its parent"),
    S09("S09", "a forked child starts with the PASID register of its parent"),
    S10("S10", "exec leaves the flag set that says that a task has its PASID register"),
    S11("S11", "unbind clears the number of an address space, which then nobody frees"),
    S12("S12", "a second bind of the same address space and device is not recognised"),
    S15(
            "S15",
            "a driver does not ask whether the address space that submits is the one that opened"),
    S16("S16", "a driver lets a mapping move that what it keeps for it does not allow for"),
    S17("S17", "the removal of a device does not see to the files that are open"),
    S18("S18", "unbind after the death of the mm finds the entry cut and does not drain requests"),
    S19(
            "S19",
            "a bond does not hold the struct of its address space, and the number goes with that"),
    S23("S23", "page requests without PASID are not drained when their domain is removed"),
    S24("S24", "a Stop Marker is taken for the end of the bond that has its PASID"),
    S25("S25", "a number that a guest frees is given away at once, whoever uses it"),
    S26("S26", "cores translate a guest's PASID until its virtual machine ends"),
    S28("S28", "entries of an interrupt ring outlive the bond of the PASID that they name"),
    S29("S29", "translations of processes are invalidated as if they were those of another kind"),
    S30("S30", "a page that may be written from now on is not announced to the IOMMU (Arm)"),
    S31("S31", "an invalidation of the whole address space is rounded to nothing"),
    S32(
            "S32",
            "the size of an invalidated block is rounded up, but its address is not aligned to it"),
    S33("S33", "page tables of the kernel are freed at once, which IOMMUs may have cached"),
    S34("S34", "an entry is cleared word by word while it is present"),
    S35("S35", "a table of PASID entries is linked before its zeroes have reached memory"),
    S37("S37", "a device that needs a second flush of its translations gets one"),
    S36("S36", "the tag of a device's cache is left when ATS of the device is off already"),
    S38("S38", "nobody looks whether a device is there before it is told to forget something"),
    S39("S39", "after a time-out only every second slot of the queue is given up"),
    S40("S40", "a device is reset while its translations are in use"),
    S41("S41", "an unmapping looks who uses its translations before its own stores are visible"),
    S42("S42", "release cuts nothing, since ranges will be invalidated"),
    S43("S43", "a work queue gets another PASID when it is disabled, and is not reset"),
    S44("S44", "each page of a range is invalidated by itself, however many they are"),
    S45("S45", "a reset does not ask which address spaces live, nor an unbind about a reset"),
    S46("S46", "a process with tags in its addresses shares them with a device all the same"),
    S47("S47", "the pending bit of page requests is cleared after they were read"),
    S48("S48", "a driver starts its device with the number it remembers before bind has returned"),
    S49("S49", "an overflow of the page request queue is acknowledged while entries are in it"),
    S50("S50", "the log of page requests is not started again when it has overflown"),
    S51("S51", "the slot of a PASID still points to the state that unbind has freed"),
    S52("S52", "a page request that nobody can serve keeps its device for ever"),
    S53("S53", "a device that makes a page request is found without being held"),
    S54("S54", "a fault worker answers although its device has left the fault queue meanwhile"),
    S55("S55", "the first requests of a group stay when there is no memory for the last one"),
    S56("S56", "accesses of a dead address space are reported to software, each of them"),
    S57(
            "S57",
            "unbind switches page faults off for a device for which bind did not switch them on"),
    S58("S58", "a page request is taken for one of the first device that has the PASID"),
    S61("S61", "a PASID register is written for a thread that has left its core meanwhile"),
    S59("S59", "a failure is answered with the number that only the kernel has for it"),
    S62(
            "S62",
            "a driver takes the close of a descriptor for the end of the file, though it is mapped"),
    S64("S64", "PASID is switched on although a switch lets requests go to peers"),
    S65("S65", "ATS is enabled before PASID"),
    S66(
            "S66",
            "the worker that writes completion records is not waited for when a file is released"),
    S68("S68", "fork takes write permission away on the cores only"),
    S70("S70", "pages are freed when the first of several IOMMUs has invalidated them"),
    S71("S71", "a device forgets what a second stage no longer maps by its guest address only"),
    I_01("I-01", "a page is freed without waiting for the device's invalidation completion"),
    I_02("I-02", "an unmapping does not invalidate the IOMMU and the devices at all"),
    I_04("I-04", "a page request is answered with success before its page is there"),
    I_05("I-05", "small pages become a huge one, and neither IOMMU nor devices are told"),
    I_10("I-10", "the PASID allocator hands out a number that has an owner"),
    I_12("I-12", "a bind does not ask how wide the PASIDs of the device are"),
    I_13("I-13", "each bind of an address space takes a PASID of its own"),
    I_23("I-23", "the end of an address space does not release its subscribers"),
    I_30("I-30", "a page request group is answered twice"),
    I_31("I-31", "a page request is answered with another PASID"),
    I_33("I-33", "unbind does not drain page requests"),
    I_34("I-34", "a fault worker does not hold the address space whose page it brings in"),
    I_44("I-44", "a drain waits until nobody at all has a page request in the queue"),
    I_52("I-52", "a driver unbinds without stopping its device"),
    I_53("I-53", "a device gets invalidations only after its entry is there"),
    I_55("I-55", "a page is freed before the wait for its invalidation has returned"),
    I_62("I-62", "a device can be bound while it is being reset"),
    I_72("I-72", "all devices behind a VT-d unit have one PASID table");

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
