package svasim.os.iommu.vtd;

import java.util.List;
import svasim.cpu.Interrupts;
import svasim.os.iommu.DmaApi;
import svasim.os.iommu.IoPageFaults;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PageGroup;
import svasim.os.iommu.PageResponse;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;

/** The driver of one VT-d unit. */
public final class VtdDriver implements IommuDriver {
    private final String name;
    private final int number;
    private final Interrupts interrupts;
    private final Unit unit;
    private final DmaApi dma;

    /**
     * @param name of the unit, for example {@code "iommu0"}
     * @param number of the unit, from 0
     * @param registerBase physical address of its registers
     * @param faultWorkers page request groups that are handled at once
     */
    public VtdDriver(
            String name,
            int number,
            long registerBase,
            int faultWorkers,
            Platform platform,
            Interrupts interrupts) {
        this.name = name;
        this.number = number;
        this.interrupts = interrupts;
        IoPageFaults faults = new IoPageFaults(name, faultWorkers, platform);
        this.unit = new Unit(number, registerBase, platform, faults);
        this.dma = new VtdDmaApi(unit);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Call<?> probe() {
        return Probe.call(name, unit, interrupts);
    }

    @Override
    public Call<?> probeDevice(PciDevice device) {
        return ProbeDevice.call(unit, device);
    }

    @Override
    public String bindRefusal(PciDevice device) {
        return BindConditions.refusal(name, unit.capabilities(), device);
    }

    @Override
    public int pasidLimit(PciDevice device) {
        int bits = Math.min(unit.capabilities().pasidBits(), device.features().pasidWidth());
        return 1 << bits;
    }

    @Override
    public Call<?> install(PasidEntry entry) {
        return Install.call(unit, entry);
    }

    @Override
    public Call<?> neutralise(PasidEntry entry) {
        return TearDown.toNeutral(unit, entry);
    }

    @Override
    public Call<?> tearDown(PasidEntry entry) {
        return TearDown.toNothing(unit, entry);
    }

    @Override
    public Call<?> erase(PasidEntry entry) {
        return TearDown.eraseOnly(unit, entry);
    }

    @Override
    public Call<?> flush(PasidEntry entry) {
        return TearDown.flushOnly(unit, entry);
    }

    @Override
    public Call<?> drain(PasidEntry entry) {
        return Drain.call(unit, entry);
    }

    @Override
    public Call<?> forget(PasidEntry entry) {
        return Forget.call(this, unit, entry);
    }

    @Override
    public Call<?> invalidate(List<PasidEntry> entries, long start, long end) {
        return RangeInvalidation.call(unit, entries, start, end);
    }

    @Override
    public Call<?> respond(PageGroup group, PageResponse response) {
        return unit.queue()
                .submit(
                        List.of(
                                Descriptor.response(
                                        group.device().requesterId(),
                                        group.pasid(),
                                        group.index(),
                                        response)));
    }

    @Override
    public DmaApi dma() {
        return dma;
    }
}
