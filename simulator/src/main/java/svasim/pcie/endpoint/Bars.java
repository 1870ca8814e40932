package svasim.pcie.endpoint;

/** Base address registers of a function, as firmware has placed them. */
final class Bars {
    /** No BAR covers the address. */
    static final int NONE = -1;

    private static final int COUNT = 6;

    private final long[] starts = new long[COUNT];
    private final long[] sizes = new long[COUNT];

    void place(int bar, long start, long bytes) {
        starts[bar] = start;
        sizes[bar] = bytes;
    }

    long start(int bar) {
        return starts[bar];
    }

    int at(long address) {
        for (int bar = 0; bar < COUNT; bar++) {
            if (address - starts[bar] >= 0 && address - starts[bar] < sizes[bar]) {
                return bar;
            }
        }
        return NONE;
    }
}
