package svasim.iommu.smmuv3;

import java.util.function.LongSupplier;
import svasim.iommu.core.CachedTableWalk;

/**
 * Everything that a transaction asks: registers, rules and caches. Caches may be absent, for
 * look-ups without side effects.
 */
final class Lookups {
    private final Features features;
    private final StreamTableRegisters streamTable;
    private final Caches caches;
    private final Decoder decoder;
    private final PathFinder paths;
    private final AttributeOverrides attributes;
    private final boolean conflicts;

    /**
     * @param conflicts whether entries of caches that cover the same are reported
     */
    Lookups(
            Features features,
            Control control,
            StreamTableRegisters table,
            Caches caches,
            boolean conflicts) {
        this.conflicts = conflicts;
        this.features = features;
        this.streamTable = table;
        this.caches = caches;
        this.decoder = new Decoder(features, control);
        this.paths = new PathFinder(features, control);
        this.attributes = new AttributeOverrides(features);
    }

    StreamTableBase streamTable() {
        return streamTable.table();
    }

    ConfigurationCache configuration() {
        return caches.configuration();
    }

    Translations translations() {
        return caches.translations();
    }

    Decoder decoder() {
        return decoder;
    }

    PathFinder paths() {
        return paths;
    }

    AttributeOverrides attributes() {
        return attributes;
    }

    boolean conflicts() {
        return conflicts;
    }

    StreamWalk newStreamWalk() {
        return new StreamWalk(new StreamTableEntryCheck(features), features.has(IdField.MPAM));
    }

    ContextWalk newContextWalk() {
        return new ContextWalk(new ContextDescriptorCheck(features), features);
    }

    CachedTableWalk newTableWalk(LongSupplier lookUp) {
        return new CachedTableWalk(
                caches.paging().stage1Tables(), caches.paging().stage2Tables(), lookUp);
    }
}
