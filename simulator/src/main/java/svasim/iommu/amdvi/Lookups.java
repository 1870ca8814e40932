package svasim.iommu.amdvi;

import java.util.function.LongSupplier;
import svasim.iommu.core.CachedTableWalk;

/**
 * Everything that a translation asks: registers, rules and caches. Caches may be absent, for
 * look-ups without side effects.
 */
record Lookups(
        Features features,
        Control control,
        DeviceTableRegisters deviceTable,
        ExclusionRange exclusion,
        Caches caches) {
    /** The same without caches. */
    Lookups withoutCaches() {
        return new Lookups(features, control, deviceTable, exclusion, Caches.absent());
    }

    DeviceWalk newDeviceWalk() {
        return new DeviceWalk(new DeviceTableEntryCheck(features));
    }

    CachedTableWalk newTableWalk(LongSupplier lookUp) {
        return new CachedTableWalk(caches.guestTables(), caches.hostTables(), lookUp);
    }
}
