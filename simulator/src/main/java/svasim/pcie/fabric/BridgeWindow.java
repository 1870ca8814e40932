package svasim.pcie.fabric;

import java.util.function.LongUnaryOperator;
import svasim.pcie.config.BridgeHeader;

/**
 * Address space behind a port, as firmware gives it away: in steps of 1 MiB from what is above,
 * told to the header of the port at each step.
 */
final class BridgeWindow {
    private static final long STEP = 1L << BridgeHeader.WINDOW_SHIFT;

    private final BridgeHeader header;
    private final LongUnaryOperator above;
    private MmioSpace space;
    private long start;
    private long end;

    /**
     * @param above gives the first address of so many bytes, aligned to their size
     */
    BridgeWindow(BridgeHeader header, LongUnaryOperator above) {
        this.header = header;
        this.above = above;
    }

    /** A range aligned to its size. */
    long allocate(long bytes) {
        if (space == null) {
            start = more(bytes);
            space = new MmioSpace(start);
        }
        while (space.wouldEnd(bytes) > end) {
            more(bytes);
        }
        return space.allocate(bytes);
    }

    private long more(long bytes) {
        long size = Math.max(STEP, MmioSpace.sized(bytes));
        long got = above.applyAsLong(size);
        if (space != null && got != end) {
            space = new MmioSpace(got);
        }
        end = got + size;
        header.window(space == null ? got : start, end - 1);
        return got;
    }
}
