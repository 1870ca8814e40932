package svasim.pcie.config;

/**
 * Single Root I/O Virtualization extended capability of a physical function (PCI Express Base 5.0,
 * 9.3.3; layout after Linux {@code pci_regs.h}). Offset and stride are the same for every number of
 * functions.
 */
public final class SriovCapability {
    public static final int ID = 0x0010;

    /** Offset of the control register, 16 bits. */
    public static final int CONTROL = 0x08;

    public static final int INITIAL = 0x0C;
    public static final int TOTAL = 0x0E;

    /** Offset of NumVFs, 16 bits; fixed while virtual functions are enabled. */
    public static final int NUMBER = 0x10;

    public static final int FIRST_OFFSET = 0x14;
    public static final int STRIDE = 0x16;

    /** Offset of the first of six base address registers, 32 bits each. */
    public static final int BARS = 0x24;

    /** Control: virtual functions are there. */
    public static final int ENABLE = 1;

    /** Control: virtual functions answer accesses to their BARs. */
    public static final int MEMORY_SPACE = 1 << 3;

    /** Control: the ports above forward eight bits of function number. */
    public static final int ARI_HIERARCHY = 1 << 4;

    private static final int SUPPORTED_PAGE_SIZES = 0x1C;
    private static final int SYSTEM_PAGE_SIZE = 0x20;
    private static final int BAR_COUNT = 6;
    private static final int BYTES = 0x40;

    /** Bit n: pages of 4 KiB shifted by n. */
    private static final int SMALL_PAGES = 1;

    /** Low bits of a base address register: prefetchable, 64 bits wide. */
    private static final int WIDE_BAR = 0xC;

    private static final int ID_MASK = 0xFFFF;

    private final ConfigurationSpace space;
    private final int offset;
    private Runnable changed = () -> {};

    /**
     * Appends the capability.
     *
     * @param total TotalVFs
     * @param firstOffset from the routing ID of the function to that of its first virtual function
     * @param stride from each virtual function to the next
     */
    public SriovCapability(ConfigurationSpace space, int total, int firstOffset, int stride) {
        this.space = space;
        this.offset = space.appendExtended(ID, 1, BYTES);
        int controls = ENABLE | MEMORY_SPACE | ARI_HIERARCHY;
        space.define(offset + CONTROL, Short.BYTES, 0, controls, 0);
        space.define(offset + INITIAL, Short.BYTES, total, 0, 0);
        space.define(offset + TOTAL, Short.BYTES, total, 0, 0);
        space.define(offset + NUMBER, Short.BYTES, 0, ID_MASK, 0);
        space.define(offset + FIRST_OFFSET, Short.BYTES, firstOffset, 0, 0);
        space.define(offset + STRIDE, Short.BYTES, stride, 0, 0);
        space.define(offset + SUPPORTED_PAGE_SIZES, Integer.BYTES, SMALL_PAGES, 0, 0);
        space.define(offset + SYSTEM_PAGE_SIZE, Integer.BYTES, SMALL_PAGES, SMALL_PAGES, 0);
        for (int bar = 0; bar < BAR_COUNT; bar++) {
            space.define(offset + BARS + bar * Integer.BYTES, Integer.BYTES, 0, -1, 0);
        }
        space.listen(this::written);
    }

    /** Called after each change of what is enabled. */
    public void onChange(Runnable action) {
        changed = action;
    }

    /**
     * Whether a virtual function is there.
     *
     * @param number 1 for the first
     */
    public boolean isPresent(int number) {
        return has(ENABLE) && number <= Math.min(get(NUMBER), get(TOTAL));
    }

    /** Whether virtual functions answer accesses to their BARs. */
    public boolean memorySpace() {
        return has(MEMORY_SPACE);
    }

    /**
     * Routing ID of a virtual function.
     *
     * @param physical that of the physical function
     * @param number 1 for the first
     */
    public int routingId(int physical, int number) {
        return physical + get(FIRST_OFFSET) + (number - 1) * get(STRIDE) & ID_MASK;
    }

    /** Firmware places a base address register: that of the first virtual function. */
    public void place(int bar, long address) {
        int register = offset + BARS + bar * Integer.BYTES;
        space.write(register, Integer.BYTES, (int) address | WIDE_BAR);
        space.write(register + Integer.BYTES, Integer.BYTES, (int) (address >>> Integer.SIZE));
    }

    /** The driver of the physical function lets so many virtual functions be there. */
    public void enable(int number, boolean ari) {
        space.write(offset + NUMBER, Short.BYTES, number);
        int control = ENABLE | MEMORY_SPACE | (ari ? ARI_HIERARCHY : 0);
        space.write(offset + CONTROL, Short.BYTES, control);
    }

    /** Function level reset of the physical function: no virtual function is there any more. */
    public void reset() {
        space.set(offset + CONTROL, Short.BYTES, 0);
        space.set(offset + NUMBER, Short.BYTES, 0);
        changed.run();
    }

    private boolean has(int flag) {
        return (get(CONTROL) & flag) != 0;
    }

    private int get(int field) {
        return space.get(offset + field, Short.BYTES);
    }

    private void written(int at, int before, int written) {
        if (at == offset + NUMBER && has(ENABLE)) {
            space.set(at, Short.BYTES, before);
        } else if (at == offset + CONTROL && (before & ENABLE) != (get(CONTROL) & ENABLE)) {
            changed.run();
        }
    }
}
