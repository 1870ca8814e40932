package svasim.os.sva;

import svasim.os.procedure.Procedure;

/** What the VT-d driver of 2020 to 2022 does under every policy of its time (reference 2.8). */
final class IntelSvm {
    /** Clear the entry, flush, drain; the number is somebody else's. */
    static final Procedure<Unbinding> UNBIND =
            Procedure.<Unbinding>named("intel_svm_unbind_mm")
                    .sleeping("take pasid_mutex", 40_000, Unbinding::lock)
                    .sleeping("drop user", 50_000, Unbinding::dropUser)
                    .sleeping("take lock of intel_svm", 30_000, Unbinding::lockDomain)
                    .sleeping("tear down PASID entry", 50_000, Unbinding::tearDownOrErase)
                    .sleeping("entry is gone", 0, Unbinding::cutAndUnlock)
                    .sleeping("drain page requests", 50_000, Unbinding::drain)
                    .sleeping("nothing is under way", 0, Unbinding::drained)
                    .sleeping("forget device", 50_000, Unbinding::forget)
                    .sleeping("remove device", 80_000, Unbinding::removeDevice)
                    .sleeping("free intel_svm", 80_000, Unbinding::lastDevice)
                    .sleeping("mmu_notifier_unregister", 100_000, Unbinding::unregister)
                    .sleeping("release pasid_mutex", 40_000, Unbinding::unlock)
                    .build();

    /** Later faults of a dead address space are not reported. */
    static final Procedure<Releasing> RELEASE =
            Procedure.<Releasing>named("intel_mm_release")
                    .step("take lock of intel_svm", 30_000, Releasing::lockDomain)
                    .step("tear down PASID entry", 30_000, Releasing::neutralise)
                    .step("entries are gone", 0, Releasing::cutUnlockAndFinish)
                    .build();

    private IntelSvm() {}
}
