package svasim.machine;

import svasim.guest.Guest;
import svasim.guest.GuestBus;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.memory.MemoryTiming;
import svasim.os.Os;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.UnitSite;

/** Makes the IOMMU that a guest sees: of the kind that its machine has. */
record VirtualIommu(Guest guest, IommuConfig config, MemoryTiming timing)
        implements Guest.UnitMaker {
    private static final String NAME = "iommu0";

    @Override
    public Iommu unit(Forwarding behind) {
        return config.unit(
                new Surroundings(
                                NAME,
                                guest.os().platform().kernel(),
                                guest.trace(),
                                guest.statistics(),
                                guest.memory().view(),
                                timing,
                                guest::interrupt)
                        .with(behind),
                guest.numbers() == null ? null : guest.numbers().commands());
    }

    @Override
    public boolean readsTablesOfGuests() {
        return config.unit() != IommuConfig.Unit.VTD;
    }

    @Override
    public void show(Iommu unit, GuestBus bus) {
        bus.emulate(
                config.registerBase(0), config.registerBytes(), "viommu", new IommuRegisters(unit));
    }

    @Override
    public IommuDriver driver() {
        Os os = guest.os();
        UnitSite site =
                new UnitSite(
                        NAME,
                        0,
                        config.registerBase(0),
                        os.config().faultWorkers(),
                        os.config().iommu(),
                        os.platform(),
                        os.interrupts());
        return config.unit().driver(site);
    }
}
