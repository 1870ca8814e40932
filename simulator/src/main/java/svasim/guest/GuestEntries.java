package svasim.guest;

import svasim.iommu.core.Forwarding.Scope;
import svasim.os.procedure.Call;

/** What a guest has bound to the PASIDs of its functions, as the machine's IOMMU shows it. */
interface GuestEntries {
    /**
     * Entries of a function may have changed: the machine's IOMMU gets what the guest's tables say
     * now.
     *
     * @param pasid {@code Forwarding.ALL} for every one
     */
    Call<?> changed(GuestFunction function, int pasid);

    /** Translations of a function may have changed; numbers are the guest's. */
    Call<?> invalidate(GuestFunction function, Scope scope);

    /** Takes away whatever the guest has bound. */
    Call<?> detach(GuestFunction function);
}
