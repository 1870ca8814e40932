package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/** The control register (1.2). What has no effect here can still be written and read. */
final class Control implements RegisterBlock {

    /** InvTimeOut 1; each further step is ten times as long. */
    private static final long PS_PER_MILLISECOND = 1_000_000_000L;

    private static final int LONGEST_TIME_OUT = 6;

    private final Features features;
    private final Runnable changed;
    private final Register64 register = new Register64(-1L);

    /**
     * @param changed called when software has written
     */
    Control(Features features, Runnable changed) {
        this.features = features;
        this.changed = changed;
    }

    @Override
    public boolean has(int offset) {
        return (offset & -Long.BYTES) == RegisterOffset.CONTROL;
    }

    @Override
    public int read(int offset) {
        return register.half(offset);
    }

    @Override
    public void write(int offset, int value) {
        register.half(offset, value);
        changed.run();
    }

    boolean enabled() {
        return bit(ControlBit.IOMMU_EN);
    }

    boolean eventLogEnabled() {
        return enabled() && bit(ControlBit.EVENT_LOG_EN);
    }

    boolean eventInterrupt() {
        return bit(ControlBit.EVENT_INT_EN);
    }

    boolean waitInterrupt() {
        return bit(ControlBit.COM_WAIT_INT_EN);
    }

    boolean commandsEnabled() {
        return enabled() && bit(ControlBit.CMD_BUF_EN);
    }

    boolean pprLogEnabled() {
        return enabled() && bit(ControlBit.PPR_LOG_EN);
    }

    boolean pprInterrupt() {
        return bit(ControlBit.PPR_INT_EN);
    }

    /** Whether page requests are taken at all. */
    boolean pageRequests() {
        return features.has("PPRSup") && enabled() && bit(ControlBit.PPR_EN);
    }

    boolean guestTranslation() {
        return bit(ControlBit.GT_EN);
    }

    /** Whether the first GCR3 table has a guest physical address, like the others. */
    boolean guestRootsInGuest() {
        return features.guestRootsInGuest() && bit(ControlBit.GCR3_TRP_MODE);
    }

    /** Whether requests that find the log full are answered by the unit. */
    boolean answersOverflow() {
        return features.has("PprAutoRspSup") && bit(ControlBit.PPR_AUTO_RSP_EN);
    }

    /** Whether every request is answered by the unit. */
    boolean answersAlways() {
        return answersOverflow() && bit(ControlBit.PPR_AUTO_RSP_AON);
    }

    boolean hidesStopMarkers() {
        return features.has("BlkStopMrkSup") && bit(ControlBit.BLK_STOP_MRK_EN);
    }

    /** Whether interrupts go where the x2APIC registers say, instead of the MSI capability. */
    boolean x2apicInterrupts() {
        return features.has("XTSup") && bit(ControlBit.INT_CAP_XT_EN);
    }

    /** InvTimeOut in picoseconds; 0 if devices may take for ever. */
    long invalidationTimeoutPs() {
        int code = ControlBit.invalidationTimeout(register.value());
        if (code == 0) {
            return 0;
        }
        long timeout = PS_PER_MILLISECOND;
        for (int i = 1; i < Math.min(code, LONGEST_TIME_OUT); i++) {
            timeout *= 10;
        }
        return timeout;
    }

    /** DevTblSegEn: log2 of the number of device table segments. */
    int segmentation() {
        return Math.min(Bits.small(register.value(), 36, 34), features.largestSegmentation());
    }

    private boolean bit(ControlBit bit) {
        return (register.value() & bit.mask()) != 0;
    }
}
