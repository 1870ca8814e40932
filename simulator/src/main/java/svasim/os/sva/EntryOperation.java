package svasim.os.sva;

import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;

/** What a unit does with an entry. */
@FunctionalInterface
interface EntryOperation {
    Call<?> on(IommuDriver unit, PasidEntry entry);
}
