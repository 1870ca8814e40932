package svasim.os.sva;

import svasim.os.procedure.Call;

/** Somebody who uses numbers of a set, and who is told what becomes of them (reference 2.9). */
public interface PasidUser {
    /** Order in which users are told: those first who can submit new work. */
    enum Rank {
        /** What lets cores submit with a number: KVM. */
        CPU,
        /** What lets a device work with it: a composition module (VDCM). */
        DEVICE,
        /** What translates it. */
        IOMMU
    }

    Rank rank();

    /** As the trace names it, for example {@code "KVM of vm0"}. */
    String name();

    /**
     * Tells of an event. What is returned runs where the event came from and must not sleep; what
     * takes longer is work for the system's queue.
     */
    Call<?> told(PasidEvent event, SetPasid number);
}
