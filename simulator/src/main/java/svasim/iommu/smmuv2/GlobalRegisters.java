package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.iommu.core.RegisterBlock;

/** GR0 besides streams and faults: control, identification, TLB maintenance (reference 1). */
final class GlobalRegisters implements RegisterBlock {
    private static final int CONTROL = 0x000;
    private static final int AUXILIARY = 0x010;
    private static final int ID0 = 0x020;
    private static final int ID1 = 0x024;
    private static final int ID2 = 0x028;
    private static final int ID7 = 0x03C;
    private static final int STLBIALL = 0x060;
    private static final int TLBIVMID = 0x064;
    private static final int TLBIALLNSNH = 0x068;
    private static final int TLBIALLH = 0x06C;
    private static final int TLBGSYNC = 0x070;
    private static final int TLBGSTATUS = 0x074;
    private static final int END = 0x800;

    private final Features features;
    private final GlobalControl control;
    private final Contexts contexts;
    private final Maintenance maintenance;
    private final Maintenance.Synchronisation synchronisation;
    private int auxiliary;

    GlobalRegisters(
            Features features, GlobalControl control, Contexts contexts, Maintenance maintenance) {
        this.features = features;
        this.control = control;
        this.contexts = contexts;
        this.maintenance = maintenance;
        this.synchronisation = maintenance.newSynchronisation();
    }

    @Override
    public boolean has(int offset) {
        return offset < END;
    }

    @Override
    public int read(int offset) {
        return switch (offset) {
            case CONTROL -> control.value();
            case AUXILIARY -> auxiliary;
            case ID0 -> (int) features.registers().value("ID0");
            case ID1 -> (int) features.registers().value("ID1");
            case ID2 -> (int) features.registers().value("ID2");
            case ID7 -> (int) features.registers().value("ID7");
            case TLBGSTATUS -> synchronisation.status();
            default -> 0;
        };
    }

    /** TLBIALLH concerns contexts of hypervisors only, which are not modelled. */
    @Override
    public void write(int offset, int value) {
        switch (offset) {
            case CONTROL -> {
                control.write(value);
                contexts.changed();
            }
            case AUXILIARY -> auxiliary = value;
            case TLBIVMID -> maintenance.dropVmid(Bits.small(value, 15, 0));
            case STLBIALL, TLBIALLNSNH -> maintenance.dropAll();
            case TLBIALLH -> maintenance.dropNothing();
            case TLBGSYNC -> synchronisation.begin();
            default -> {}
        }
    }
}
