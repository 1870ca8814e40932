package svasim.pcie.config;

/**
 * Type 1 header: a port with buses and memory behind it (PCI Express Base 5.0, 7.5.1.3). Of the
 * windows there is the prefetchable one with 64 bits, in which all BARs lie; no bus and no address
 * lies behind a port that firmware has not told.
 */
public final class BridgeHeader {
    public static final int PRIMARY_BUS = 0x18;
    public static final int SECONDARY_BUS = 0x19;
    public static final int SUBORDINATE_BUS = 0x1A;

    /** Bits 31:20 of the first address of the window, in bits 15:4. */
    public static final int MEMORY_BASE = 0x24;

    /** Bits 31:20 of the last address of the window, in bits 15:4. */
    public static final int MEMORY_LIMIT = 0x26;

    /** Bits 63:32 of the first address. */
    public static final int MEMORY_BASE_UPPER = 0x28;

    /** Bits 63:32 of the last address. */
    public static final int MEMORY_LIMIT_UPPER = 0x2C;

    /** Windows begin and end at multiples of 1 MiB. */
    public static final int WINDOW_SHIFT = 20;

    public static final int BRIDGE_CONTROL = 0x3E;

    /** Bridge Control: hot reset of everything behind the port, while it is set. */
    public static final int SECONDARY_BUS_RESET = 1 << 6;

    private static final int HEADER_TYPE = 0x0E;
    private static final int BRIDGE = 1;
    private static final int ANY = 0xFF;

    /** Bits 3:0 of base and limit: 64-bit addresses. */
    private static final int WIDE = 1;

    private static final int ADDRESS_BITS = 0xFFF0;
    private static final int SHIFT_INTO_REGISTER = 16;

    private final ConfigurationSpace space;

    private Runnable resetRequested = () -> {};

    // As the registers say; read for each packet.
    private long base;
    private long limit;

    public BridgeHeader(ConfigurationSpace space) {
        this.space = space;
        space.define(HEADER_TYPE, 1, BRIDGE, 0, 0);
        for (int bus = PRIMARY_BUS; bus <= SUBORDINATE_BUS; bus++) {
            space.define(bus, 1, 0, ANY, 0);
        }
        space.define(MEMORY_BASE, Short.BYTES, ADDRESS_BITS | WIDE, ADDRESS_BITS, 0);
        space.define(MEMORY_LIMIT, Short.BYTES, WIDE, ADDRESS_BITS, 0);
        space.define(MEMORY_BASE_UPPER, Integer.BYTES, 0, -1, 0);
        space.define(MEMORY_LIMIT_UPPER, Integer.BYTES, 0, -1, 0);
        space.define(BRIDGE_CONTROL, Short.BYTES, 0, SECONDARY_BUS_RESET, 0);
        space.listen((at, before, written) -> readWindow());
        space.listen(this::controlWritten);
        readWindow();
    }

    /** Called when software resets what is behind the port. */
    public void onReset(Runnable action) {
        resetRequested = action;
    }

    private void controlWritten(int at, int before, int written) {
        int bit = SECONDARY_BUS_RESET << Short.SIZE;
        if (at == (BRIDGE_CONTROL & -Integer.BYTES) && (written & ~before & bit) != 0) {
            resetRequested.run();
        }
    }

    /** Software tells the port which buses it lies between. */
    public void buses(int primary, int secondary, int subordinate) {
        space.write(PRIMARY_BUS, 1, primary);
        space.write(SECONDARY_BUS, 1, secondary);
        space.write(SUBORDINATE_BUS, 1, subordinate);
    }

    /**
     * Software tells the port which addresses lie behind it.
     *
     * @param first a multiple of 1 MiB
     * @param last one less than a multiple of 1 MiB
     */
    public void window(long first, long last) {
        space.write(MEMORY_BASE, Short.BYTES, register(first));
        space.write(MEMORY_LIMIT, Short.BYTES, register(last));
        space.write(MEMORY_BASE_UPPER, Integer.BYTES, (int) (first >>> Integer.SIZE));
        space.write(MEMORY_LIMIT_UPPER, Integer.BYTES, (int) (last >>> Integer.SIZE));
    }

    /** Bus that the port itself is on. */
    public int primary() {
        return space.get(PRIMARY_BUS, 1);
    }

    /** Whether a bus lies behind the port. */
    public boolean covers(int bus) {
        return bus >= space.get(SECONDARY_BUS, 1) && bus <= space.get(SUBORDINATE_BUS, 1);
    }

    /** Whether an address lies behind the port. */
    public boolean claims(long address) {
        return Long.compareUnsigned(address, base) >= 0
                && Long.compareUnsigned(address, limit) <= 0;
    }

    private static int register(long address) {
        return (int) (address >>> SHIFT_INTO_REGISTER) & ADDRESS_BITS;
    }

    private void readWindow() {
        base = address(MEMORY_BASE, MEMORY_BASE_UPPER);
        limit = address(MEMORY_LIMIT, MEMORY_LIMIT_UPPER) | (1L << WINDOW_SHIFT) - 1;
    }

    private long address(int low, int high) {
        long upper = Integer.toUnsignedLong(space.get(high, Integer.BYTES));
        int middle = space.get(low, Short.BYTES) & ADDRESS_BITS;
        return upper << Integer.SIZE | (long) middle << SHIFT_INTO_REGISTER;
    }
}
