package svasim.guest;

import java.util.List;
import svasim.iommu.core.Forwarding.Scope;
import svasim.os.iommu.PageRequest;
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

    /** The guest is about to answer a group of page requests, all of one PASID. */
    default Call<?> resolved(GuestFunction function, List<PageRequest> group) {
        return Call.nothing();
    }

    /** Takes away whatever the guest has bound. */
    Call<?> detach(GuestFunction function);
}
