package svasim.os.iommu.smmuv2;

import svasim.iommu.core.Block;
import svasim.os.iommu.IommuGroup;
import svasim.os.procedure.Call;

/** Removes a block of a domain of the DMA API; devices have no caches of their own here. */
final class DomainInvalidation {
    private DomainInvalidation() {}

    static Call<?> call(Unit unit, IommuGroup group, Block block) {
        ContextBank bank = unit.bank(group);
        if (bank == null) {
            return Call.nothing();
        }
        long end = block.isAll() ? -1 : block.end();
        return TlbRange.range(unit, bank, block.start(), end);
    }
}
