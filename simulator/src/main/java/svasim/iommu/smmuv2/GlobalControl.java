package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.iommu.core.BroadcastMaintenance;
import svasim.iommu.core.BroadcastTlbi;

/**
 * sCR0 (reference smmuv2.md 1); traffic passes untranslated after reset. FB and BSU, which concern
 * barriers and maintenance of upstream masters, are held without effect.
 */
final class GlobalControl implements BroadcastMaintenance.Policy {
    private static final int CLIENTPD = 0;
    private static final int GFRE = 1;
    private static final int GFIE = 2;
    private static final int EXIDENABLE = 3;
    private static final int GCFGFRE = 4;
    private static final int GCFGFIE = 5;
    private static final int USFCFG = 10;
    private static final int VMIDPNE = 11;
    private static final int PTM = 12;
    private static final int VMID16EN = 31;

    private final int writable;
    private int value = 1 << CLIENTPD;

    GlobalControl(Features features) {
        int absent =
                (features.extendedStreams() ? 0 : 1 << EXIDENABLE)
                        | (features.vmid16() ? 0 : 1 << VMID16EN);
        writable = ~absent;
    }

    int value() {
        return value;
    }

    void write(int newValue) {
        value = newValue & writable;
    }

    /** Everything bypasses. */
    boolean bypass() {
        return Bits.bit(value, CLIENTPD);
    }

    boolean extendedStreams() {
        return Bits.bit(value, EXIDENABLE);
    }

    /** Whether a stream that matches nothing faults; else it bypasses. */
    boolean unmatchedFaults() {
        return Bits.bit(value, USFCFG);
    }

    boolean vmid16() {
        return Bits.bit(value, VMID16EN);
    }

    /** Takes part, unless maintenance is private or the VMID means something else here. */
    @Override
    public boolean hears(BroadcastTlbi operation) {
        boolean byVmid = operation.operation() != BroadcastTlbi.Operation.ALL_E1;
        return !Bits.bit(value, PTM) && !(byVmid && Bits.bit(value, VMIDPNE));
    }

    @Override
    public long vmidMask() {
        return Tags.VMID;
    }

    /** Whether the transaction is aborted; else it reads zero and its writes are ignored. */
    boolean aborts(Fault fault) {
        return Bits.bit(value, fault.configuration() ? GCFGFRE : GFRE);
    }

    boolean interrupts(Fault fault) {
        return Bits.bit(value, fault.configuration() ? GCFGFIE : GFIE);
    }
}
