package svasim.pcie.config;

/**
 * Address Translation Services extended capability (PCI Express Base 5.0, 10.5.1; layout after
 * Linux {@code pci_regs.h}).
 */
public final class AtsCapability {
    public static final int ID = 0x000F;

    /** Offset of the capability register, 16 bits. */
    public static final int CAPABILITY = 4;

    /** Offset of the control register, 16 bits. */
    public static final int CONTROL = 6;

    public static final int QUEUE_DEPTH_MASK = 0x1F;
    public static final int PAGE_ALIGNED_REQUEST = 1 << 5;
    public static final int GLOBAL_INVALIDATE = 1 << 6;
    public static final int STU_MASK = 0x1F;
    public static final int ENABLE = 1 << 15;

    private static final int BYTES = 8;
    private static final int PAGE_SHIFT = 12;

    private final ConfigurationSpace space;
    private final int offset;

    /** Whose smallest translation unit holds: a virtual function has that of its physical one. */
    private final AtsCapability unit;

    private Runnable changed = () -> {};

    /**
     * Appends the capability.
     *
     * @param queueDepth 1 to 32
     */
    public AtsCapability(ConfigurationSpace space, int queueDepth, boolean globalInvalidate) {
        this(space, queueDepth, globalInvalidate, null);
    }

    /**
     * Appends the capability of a virtual function.
     *
     * @param queueDepth that of the physical function
     * @param physical capability of the physical function, null for the physical function itself
     */
    public AtsCapability(
            ConfigurationSpace space,
            int queueDepth,
            boolean globalInvalidate,
            AtsCapability physical) {
        this.space = space;
        this.unit = physical == null ? this : physical;
        this.offset = space.appendExtended(ID, 1, BYTES);
        int capability =
                queueDepth & QUEUE_DEPTH_MASK
                        | PAGE_ALIGNED_REQUEST
                        | (globalInvalidate ? GLOBAL_INVALIDATE : 0);
        space.define(offset + CAPABILITY, Short.BYTES, capability, 0, 0);
        int writable = physical == null ? ENABLE | STU_MASK : ENABLE;
        space.define(offset + CONTROL, Short.BYTES, 0, writable, 0);
        space.listen(this::written);
    }

    public boolean enabled() {
        return (control() & ENABLE) != 0;
    }

    /** Invalidate Requests that the function takes before the link stalls, 1 to 32. */
    public int queueDepth() {
        int depth = space.get(offset + CAPABILITY, Short.BYTES) & QUEUE_DEPTH_MASK;
        return depth == 0 ? QUEUE_DEPTH_MASK + 1 : depth;
    }

    /** log2 of the smallest translation unit in bytes; 12 and more. */
    public int translationUnitShift() {
        return PAGE_SHIFT + (unit.control() & STU_MASK);
    }

    /** Called after each change of Enable. */
    public void onChange(Runnable action) {
        changed = action;
    }

    /** Function level reset. */
    public void reset() {
        space.set(offset + CONTROL, Short.BYTES, 0);
    }

    private int control() {
        return space.get(offset + CONTROL, Short.BYTES);
    }

    private void written(int at, int before, int written) {
        if (at != offset + CAPABILITY) {
            return;
        }
        int controlBefore = before >>> Short.SIZE;
        boolean wasEnabled = (controlBefore & ENABLE) != 0;
        if (wasEnabled && enabled()) {
            // The smallest translation unit is fixed while the ATC may hold entries made with it.
            space.set(offset + CONTROL, Short.BYTES, controlBefore);
        }
        if (wasEnabled != enabled()) {
            changed.run();
        }
    }
}
