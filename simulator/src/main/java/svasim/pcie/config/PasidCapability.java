package svasim.pcie.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * PASID extended capability (PCI Express Base 5.0, 7.8.8; layout after Linux {@code pci_regs.h}).
 *
 * <p>What happens if Enable or a permission is changed while ATS is enabled is undefined; here such
 * a write leaves the register as it was.
 */
public final class PasidCapability {
    public static final int ID = 0x001B;

    /** Offset of the capability register, 16 bits. */
    public static final int CAPABILITY = 4;

    /** Offset of the control register, 16 bits. */
    public static final int CONTROL = 6;

    public static final int ENABLE = 1;

    /** Same position in capability (supported) and control (enabled). */
    public static final int EXECUTE = 1 << 1;

    /** Same position in capability (supported) and control (enabled). */
    public static final int PRIVILEGED = 1 << 2;

    public static final int WIDTH_SHIFT = 8;
    public static final int WIDTH_MASK = 0x1F;

    private static final int BYTES = 8;

    private final ConfigurationSpace space;
    private final int offset;

    // Of the function and of its virtual functions, which share the registers.
    private final List<BooleanSupplier> locks = new ArrayList<>();
    private final List<Runnable> users = new ArrayList<>();

    /**
     * Appends the capability.
     *
     * @param width Max PASID Width, 0 to 20
     */
    public PasidCapability(
            ConfigurationSpace space, int width, boolean execute, boolean privileged) {
        this.space = space;
        this.offset = space.appendExtended(ID, 1, BYTES);
        int flags = (execute ? EXECUTE : 0) | (privileged ? PRIVILEGED : 0);
        int capability = width << WIDTH_SHIFT | flags;
        space.define(offset + CAPABILITY, Short.BYTES, capability, 0, 0);
        space.define(offset + CONTROL, Short.BYTES, 0, ENABLE | flags, 0);
        space.listen(this::written);
    }

    /** Says when the control register must not change: while ATS is enabled. */
    public void lockedWhile(BooleanSupplier condition) {
        locks.add(condition);
    }

    /** Called after each change of the control register. */
    public void onChange(Runnable action) {
        users.add(action);
    }

    public boolean enabled() {
        return has(ENABLE);
    }

    public boolean executeEnabled() {
        return has(EXECUTE);
    }

    public boolean privilegedEnabled() {
        return has(PRIVILEGED);
    }

    /** Max PASID Width. */
    public int width() {
        return space.get(offset + CAPABILITY, Short.BYTES) >>> WIDTH_SHIFT & WIDTH_MASK;
    }

    /** Function level reset. */
    public void reset() {
        space.set(offset + CONTROL, Short.BYTES, 0);
    }

    private boolean has(int flag) {
        return (space.get(offset + CONTROL, Short.BYTES) & flag) != 0;
    }

    private void written(int at, int before, int written) {
        int controlBefore = before >>> Short.SIZE;
        boolean same = space.get(offset + CONTROL, Short.BYTES) == controlBefore;
        if (at != offset + CAPABILITY || same) {
            return;
        }
        if (locks.stream().anyMatch(BooleanSupplier::getAsBoolean)) {
            space.set(offset + CONTROL, Short.BYTES, controlBefore);
        } else {
            users.forEach(Runnable::run);
        }
    }
}
