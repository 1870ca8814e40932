package svasim.iommu.smmuv2;

import svasim.iommu.core.BroadcastMaintenance;
import svasim.iommu.core.BroadcastTlbi;

/**
 * sCR0 (reference smmuv2.md 1); traffic passes untranslated after reset. FB and BSU, which concern
 * barriers and maintenance of upstream masters, are held without effect.
 */
final class GlobalControl implements BroadcastMaintenance.Policy {
    private final int writable;
    private int value = Scr0.CLIENTPD;

    GlobalControl(Features features) {
        int absent =
                (features.extendedStreams() ? 0 : Scr0.EXIDENABLE)
                        | (features.vmid16() ? 0 : Scr0.VMID16EN);
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
        return is(Scr0.CLIENTPD);
    }

    boolean extendedStreams() {
        return is(Scr0.EXIDENABLE);
    }

    /** Whether a stream that matches nothing faults; else it bypasses. */
    boolean unmatchedFaults() {
        return is(Scr0.USFCFG);
    }

    boolean vmid16() {
        return is(Scr0.VMID16EN);
    }

    /** Takes part, unless maintenance is private or the VMID means something else here. */
    @Override
    public boolean hears(BroadcastTlbi operation) {
        boolean byVmid = operation.operation() != BroadcastTlbi.Operation.ALL_E1;
        return !is(Scr0.PTM) && !(byVmid && is(Scr0.VMIDPNE));
    }

    @Override
    public long vmidMask() {
        return Tags.VMID;
    }

    /** Whether the transaction is aborted; else it reads zero and its writes are ignored. */
    boolean aborts(Fault fault) {
        return is(fault.configuration() ? Scr0.GCFGFRE : Scr0.GFRE);
    }

    boolean interrupts(Fault fault) {
        return is(fault.configuration() ? Scr0.GCFGFIE : Scr0.GFIE);
    }

    private boolean is(int bit) {
        return (value & bit) != 0;
    }
}
