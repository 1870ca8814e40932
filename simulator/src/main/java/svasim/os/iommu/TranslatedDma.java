package svasim.os.iommu;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.os.procedure.Call;

/** The DMA API behind an IOMMU; unmaps strictly or lazily. */
public final class TranslatedDma implements DmaApi {
    private final DmaDomains domains;
    private final UnitSite site;

    /** Flush queues of lazy domains. */
    private final Map<PciDevice, FlushQueue> queues = new LinkedHashMap<>();

    public TranslatedDma(DmaDomains domains, UnitSite site) {
        this.domains = domains;
        this.site = site;
    }

    @Override
    public Call<?> map(DmaBuffer buffer) {
        return DmaMap.call(site, domains.domain(buffer.device()), buffer);
    }

    @Override
    public Call<?> unmap(DmaBuffer buffer) {
        boolean lazy = site.options().unmapping() == IommuOptions.Unmapping.LAZY;
        return DmaUnmap.call(site, domains, buffer, lazy ? queue(buffer.device()) : null);
    }

    private FlushQueue queue(PciDevice device) {
        return queues.computeIfAbsent(
                device, d -> new FlushQueue(domains, device, site.platform()));
    }
}
