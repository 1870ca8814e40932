package svasim.os.iommu;

import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.paging.Stage;
import svasim.stats.Counter;

/**
 * What the drivers of all IOMMUs have in common.
 *
 * @param <U> what the driver knows of its unit
 */
public abstract class UnitDriver<U extends RemappingUnit<?>> implements IommuDriver {
    private final U unit;
    private final DmaApi dma;

    protected UnitDriver(U unit) {
        this.unit = unit;
        this.dma = new TranslatedDma(unit);
    }

    protected final U unit() {
        return unit;
    }

    @Override
    public final String name() {
        return unit.site().name();
    }

    @Override
    public final int number() {
        return unit.site().number();
    }

    /** New bonds wait until a reset is over. */
    @Override
    public String obstacle(PciDevice device, AddressSpace space) {
        return device.group().isResetting() ? device + " is being reset" : null;
    }

    @Override
    public final AuxiliaryDomain newDomain(int id) {
        return new AuxiliaryDomain(id, unit.site());
    }

    @Override
    public Call<?> leaveFaults(PasidEntry entry) {
        return unit.leaveFaults(entry);
    }

    @Override
    public final SecondStage newSecondStage(int id) {
        return unit.newSecondStage(id);
    }

    @Override
    public final ShadowSpace newShadow(
            int id, String space, Stage guest, SecondStage stage, Counter copied) {
        return new ShadowSpace(id, space, guest, stage, unit.site(), copied);
    }

    @Override
    public final Call<?> assign(PciDevice device, SecondStage stage) {
        return Assign.call(unit, device, stage);
    }

    @Override
    public final Call<?> unassign(PciDevice device) {
        return Assign.undo(unit, device);
    }

    @Override
    public final DmaApi dma() {
        return dma;
    }
}
