package svasim.os.iommu;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.iommu.core.Block;
import svasim.os.procedure.Call;

/**
 * The DMA API behind an IOMMU: mapped into the domain of the device's group and unmapped strictly
 * or lazily, as the group's default domain is. Without such a domain it uses physical addresses.
 */
final class TranslatedDma implements DmaApi {
    private final RemappingUnit<?> unit;
    private final DirectDma direct;

    /** Flush queues of lazy domains. */
    private final Map<IommuGroup, FlushQueue> queues = new LinkedHashMap<>();

    TranslatedDma(RemappingUnit<?> unit) {
        this.unit = unit;
        this.direct = new DirectDma(unit.site().frames());
    }

    @Override
    public Call<?> map(DmaBuffer buffer) {
        DomainType type = buffer.device().group().defaultDomain();
        return type.isTranslated() ? DmaMap.call(access(buffer), buffer) : direct.map(buffer);
    }

    @Override
    public Call<?> mapOnDemand(DmaBuffer buffer) {
        DomainType type = buffer.device().group().defaultDomain();
        return type.isTranslated() ? DmaReserve.call(buffer) : direct.map(buffer);
    }

    @Override
    public Call<?> unmap(DmaBuffer buffer) {
        IommuGroup group = buffer.device().group();
        return switch (group.defaultDomain()) {
            case DMA -> DmaUnmap.call(access(buffer), buffer, null);
            case DMA_FQ -> DmaUnmap.call(access(buffer), buffer, queue(group));
            case IDENTITY, BLOCKED -> direct.unmap(buffer);
        };
    }

    private DomainAccess access(DmaBuffer buffer) {
        IommuGroup group = buffer.device().group();
        return new DomainAccess(
                group.dma(),
                unit.site(),
                unit.cachesMissingEntries(),
                (start, end) -> unit.invalidate(group, Block.covering(start, end)));
    }

    private FlushQueue queue(IommuGroup group) {
        return queues.computeIfAbsent(group, g -> new FlushQueue(unit, g));
    }
}
