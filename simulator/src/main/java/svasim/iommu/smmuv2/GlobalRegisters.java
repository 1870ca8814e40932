package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.iommu.core.RegisterBlock;

/** GR0 besides streams and faults: control, identification, TLB maintenance (reference 1). */
final class GlobalRegisters implements RegisterBlock {
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
            case GlobalRegister.SCR0 -> control.value();
            case GlobalRegister.SACR -> auxiliary;
            case GlobalRegister.ID0 -> (int) features.registers().value("ID0");
            case GlobalRegister.ID1 -> (int) features.registers().value("ID1");
            case GlobalRegister.ID2 -> (int) features.registers().value("ID2");
            case GlobalRegister.ID7 -> (int) features.registers().value("ID7");
            case GlobalRegister.TLBGSTATUS -> synchronisation.status();
            default -> 0;
        };
    }

    /** TLBIALLH concerns contexts of hypervisors only, which are not modelled. */
    @Override
    public void write(int offset, int value) {
        switch (offset) {
            case GlobalRegister.SCR0 -> {
                control.write(value);
                contexts.changed();
            }
            case GlobalRegister.SACR -> auxiliary = value;
            case GlobalRegister.TLBIVMID -> maintenance.dropVmid(Bits.small(value, 15, 0));
            case GlobalRegister.STLBIALL, GlobalRegister.TLBIALLNSNH -> maintenance.dropAll();
            case GlobalRegister.TLBIALLH -> maintenance.dropNothing();
            case GlobalRegister.TLBGSYNC -> synchronisation.begin();
            default -> {}
        }
    }
}
