package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;

/**
 * How interrupts leave the unit: one message for all causes as the MSI capability says, whose
 * mirror stands at 0158, or with IntCapXTEn one for page requests and one for the rest, as the
 * x2APIC control registers say (1.1). The layout of either is that of Linux.
 */
final class Interrupts implements RegisterBlock {
    /** What interrupts. */
    enum Cause {
        EVENT,
        COMPLETION_WAIT,
        PPR
    }

    private static final int END = RegisterOffset.X2APIC_PPR + Long.BYTES;
    private static final long MSI_WINDOW = 0xFEE0_0000L;
    private static final int MSI_DESTINATION = 12;
    private static final int LOGICAL = 2;

    private final Surroundings around;
    private final Control control;

    private final Register64 capability =
            new Register64(MsiCapability.ENABLE | -1L << Integer.SIZE);
    private final Register64 addressHighAndData = new Register64(-1L);
    private final Register64 general = new Register64(-1L);
    private final Register64 ppr = new Register64(-1L);

    Interrupts(Control control, Surroundings around) {
        this.control = control;
        this.around = around;
    }

    @Override
    public boolean has(int offset) {
        boolean mirror =
                offset >= RegisterOffset.MSI_CAPABILITY && offset <= RegisterOffset.MSI_DATA;
        return mirror || offset >= RegisterOffset.X2APIC_GENERAL && offset < END;
    }

    @Override
    public int read(int offset) {
        return register(offset).half(offset);
    }

    @Override
    public void write(int offset, int value) {
        register(offset).half(offset, value);
    }

    private Register64 register(int offset) {
        return switch (offset & -Long.BYTES) {
            case RegisterOffset.MSI_CAPABILITY -> capability;
            case RegisterOffset.MSI_ADDRESS_HIGH -> addressHighAndData;
            case RegisterOffset.X2APIC_GENERAL -> general;
            default -> ppr;
        };
    }

    /** A cause has come up; nothing happens unless it is enabled. */
    void raise(Cause cause) {
        boolean enabled =
                switch (cause) {
                    case EVENT -> control.eventInterrupt();
                    case COMPLETION_WAIT -> control.waitInterrupt();
                    case PPR -> control.pprInterrupt();
                };
        if (!enabled) {
            return;
        }
        if (control.x2apicInterrupts()) {
            sendX2apic(cause == Cause.PPR ? ppr.value() : general.value());
        } else if ((capability.value() & MsiCapability.ENABLE) != 0) {
            long high = addressHighAndData.value() & 0xFFFF_FFFFL;
            long address = high << Integer.SIZE | capability.value() >>> Integer.SIZE;
            send(address, (int) (addressHighAndData.value() >>> Integer.SIZE));
        }
    }

    /** Bit 2: logical destination; [31:8] and [63:56]: destination; [39:32]: vector. */
    private void sendX2apic(long register) {
        long destination = Bits.field(register, 31, 8) | Bits.field(register, 63, 56) << 24;
        long low = (destination & 0xFF) << MSI_DESTINATION;
        long high = destination >>> 8 << 40;
        long logical = Bits.flag(Bits.bit(register, LOGICAL), LOGICAL);
        send(MSI_WINDOW | high | low | logical, Bits.small(register, 39, 32));
    }

    private void send(long address, int data) {
        around.interrupts().message(address, data, around.kernel().nowPs());
    }
}
