package svasim.pcie.config;

/**
 * Link and slot registers of the PCI Express capability of a port, as far as hot-plug matters:
 * whether the data link layer is active, and whether that has changed (PCI Express Base 5.0, 7.5.3,
 * 6.7.3; layout after Linux {@code pci_regs.h}).
 */
public final class SlotRegisters {
    public static final int LINK_STATUS = ExpressCapability.OFFSET + 0x12;
    public static final int SLOT_CONTROL = ExpressCapability.OFFSET + 0x18;
    public static final int SLOT_STATUS = ExpressCapability.OFFSET + 0x1A;

    /** Link Status: Data Link Layer Link Active. */
    public static final int LINK_ACTIVE = 1 << 13;

    /** Slot Status: the data link layer state has changed. */
    public static final int LINK_CHANGED = 1 << 8;

    /** Slot Status: somebody is in the slot. */
    public static final int PRESENT = 1 << 6;

    /** Slot Control: interrupts of the slot, and among them for changes of the link. */
    public static final int INTERRUPTS = 1 << 5 | 1 << 12;

    private static final int SLOT_CAPABILITIES = ExpressCapability.OFFSET + 0x14;
    private static final int SURPRISE_CAPABLE = 1 << 5 | 1 << 6;

    private final ConfigurationSpace space;

    /** Adds the registers of a slot with a device in it, whose link is up. */
    public SlotRegisters(ConfigurationSpace space) {
        this.space = space;
        space.define(LINK_STATUS, Short.BYTES, LINK_ACTIVE, 0, 0);
        space.define(SLOT_CAPABILITIES, Integer.BYTES, SURPRISE_CAPABLE, 0, 0);
        space.define(SLOT_CONTROL, Short.BYTES, 0, INTERRUPTS, 0);
        space.define(SLOT_STATUS, Short.BYTES, PRESENT, 0, LINK_CHANGED);
    }

    /**
     * The device is gone, and the link with it.
     *
     * @return whether software is to be interrupted
     */
    public boolean lost() {
        space.set(LINK_STATUS, Short.BYTES, 0);
        int status = space.get(SLOT_STATUS, Short.BYTES);
        space.set(SLOT_STATUS, Short.BYTES, status & ~PRESENT | LINK_CHANGED);
        return (space.get(SLOT_CONTROL, Short.BYTES) & INTERRUPTS) == INTERRUPTS;
    }
}
