package svasim.os.iommu;

import svasim.os.mm.Mm;

/** What the drivers of all IOMMUs have in common. */
public abstract class UnitDriver implements IommuDriver {
    private final UnitSite site;
    private final DmaApi dma;

    protected UnitDriver(RemappingUnit<?> unit) {
        this.site = unit.site();
        this.dma = new TranslatedDma(unit);
    }

    @Override
    public final String name() {
        return site.name();
    }

    @Override
    public final int number() {
        return site.number();
    }

    /** New bonds wait until a reset is over. */
    @Override
    public String obstacle(PciDevice device, Mm mm) {
        return device.group().isResetting() ? device + " is being reset" : null;
    }

    @Override
    public final DmaApi dma() {
        return dma;
    }
}
