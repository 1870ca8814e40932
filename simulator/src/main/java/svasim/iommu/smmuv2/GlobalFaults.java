package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.iommu.core.InterruptWire;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * sGFSR and sGFSYNR0 to 2 (reference smmuv2.md 1): the first global fault is recorded, others only
 * leave MULTI. Bits of sGFSYNR0 are general knowledge.
 */
final class GlobalFaults implements RegisterBlock {
    private static final int MULTI = 1 << 31;
    private static final int WRITE = 1;
    private static final int PRIVILEGED = 2;
    private static final int INSTRUCTION = 3;

    private final GlobalControl control;
    private final InterruptWire wire;
    private final Surroundings around;
    private int status;
    private int syndrome;
    private int streamId;

    GlobalFaults(GlobalControl control, InterruptWire wire, Surroundings around) {
        this.control = control;
        this.wire = wire;
        this.around = around;
    }

    void record(Fault fault, int stream, Transaction transaction) {
        if (status != 0) {
            status |= fault.status() | MULTI;
        } else {
            status = fault.status();
            streamId = stream;
            syndrome = syndrome(transaction.wanted());
            around.trace()
                    .tell(
                            Kind.FAULT_RECORDED,
                            around.lane(),
                            fault.code(),
                            transaction.requesterId(),
                            transaction.address());
        }
        if (control.interrupts(fault)) {
            wire.level(true);
        }
    }

    private static int syndrome(int access) {
        return (int)
                (Bits.flag((access & Access.WRITE) != 0, WRITE)
                        | Bits.flag((access & Access.PRIVILEGED) != 0, PRIVILEGED)
                        | Bits.flag((access & Access.EXECUTE) != 0, INSTRUCTION));
    }

    @Override
    public boolean has(int offset) {
        return offset == GlobalRegister.SGFSR
                || offset >= GlobalRegister.SGFSYNR0 && offset <= GlobalRegister.SGFSYNR2;
    }

    @Override
    public int read(int offset) {
        return switch (offset) {
            case GlobalRegister.SGFSR -> status;
            case GlobalRegister.SGFSYNR0 -> syndrome;
            case GlobalRegister.SGFSYNR1 -> streamId;
            default -> 0;
        };
    }

    /** Ones clear bits of the status. */
    @Override
    public void write(int offset, int value) {
        if (offset == GlobalRegister.SGFSR) {
            status &= ~value;
            if (status == 0) {
                wire.level(false);
            }
        }
    }
}
