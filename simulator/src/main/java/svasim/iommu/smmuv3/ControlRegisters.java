package svasim.iommu.smmuv3;

import svasim.iommu.core.RegisterBlock;

/** Identification, control and error registers at 000 to 067 (6.3.1 to 6.3.19). */
final class ControlRegisters implements RegisterBlock {
    private static final int END = 0x068;
    private static final int VERSION_3_3 = 3;

    private final Features features;
    private final Control control;
    private final InterruptControl interrupts;
    private final GlobalErrors errors;
    private final Runnable commandErrorAcknowledged;
    private int cr1;

    /**
     * @param commandErrorAcknowledged called when CMDQ_ERR is no longer active
     */
    ControlRegisters(
            Features features,
            Control control,
            Interrupts interrupts,
            Runnable commandErrorAcknowledged) {
        this.features = features;
        this.control = control;
        this.interrupts = interrupts.control();
        this.errors = interrupts.errors();
        this.commandErrorAcknowledged = commandErrorAcknowledged;
    }

    @Override
    public boolean has(int offset) {
        return offset < END;
    }

    @Override
    public int read(int offset) {
        if (offset <= RegisterOffset.IDR5) {
            return (int) features.register(offset / Integer.BYTES);
        }
        return switch (offset) {
            case RegisterOffset.AIDR -> VERSION_3_3;
            case RegisterOffset.CR0 -> (int) control.cr0();
            case RegisterOffset.CR0ACK -> (int) control.cr0Ack();
            case RegisterOffset.CR1 -> cr1;
            case RegisterOffset.CR2 -> (int) control.cr2();
            case RegisterOffset.GBPA -> (int) control.gbpa();
            case RegisterOffset.IRQ_CTRL, RegisterOffset.IRQ_CTRLACK -> (int) interrupts.enables();
            case RegisterOffset.GERROR -> (int) errors.gerror();
            case RegisterOffset.GERRORN -> (int) errors.gerrorn();
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int value) {
        switch (offset) {
            case RegisterOffset.CR0 -> control.writeCr0(value);
            case RegisterOffset.CR1 -> writeCr1(value);
            case RegisterOffset.CR2 -> control.writeCr2(value);
            case RegisterOffset.GBPA -> control.writeGbpa(value);
            case RegisterOffset.IRQ_CTRL -> interrupts.enables(value);
            case RegisterOffset.GERRORN -> acknowledge(value);
            default -> {}
        }
    }

    /** Memory types of tables and queues; they are held, but memory is always coherent here. */
    private void writeCr1(int value) {
        if (control.off(Cr0.SMMUEN | Cr0.CMDQEN | Cr0.EVENTQEN | Cr0.PRIQEN)) {
            cr1 = value & Cr1.FIELDS;
        }
    }

    private void acknowledge(int value) {
        long gone = errors.acknowledge(value);
        if ((gone & Gerror.CMDQ_ERR) != 0) {
            commandErrorAcknowledged.run();
        }
    }
}
