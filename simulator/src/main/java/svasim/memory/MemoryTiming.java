package svasim.memory;

/**
 * When an access to memory is done: a fixed latency to the last-level cache or to DRAM, and, in
 * DRAM, a wait for the bank and for its refresh. Which data the last-level cache holds is stated by
 * the caller, not modelled.
 */
public class MemoryTiming {
    private static final int LINE_SHIFT = 6;

    private final long pathPs;
    private final long dramPs;
    private final long llcPs;
    private final long bankBusyPs;
    private final long[] bankFreePs;
    private final Refresh refresh;

    public MemoryTiming(MemoryConfig config) {
        pathPs = 0;
        dramPs = config.dram().value();
        llcPs = config.llc().value();
        bankBusyPs = config.bankBusy().value();
        bankFreePs = new long[config.banks()];
        refresh = new Refresh(config.refresh());
    }

    private MemoryTiming(MemoryTiming near, long morePs) {
        pathPs = near.pathPs + morePs;
        dramPs = near.dramPs;
        llcPs = near.llcPs;
        bankBusyPs = near.bankBusyPs;
        bankFreePs = near.bankFreePs;
        refresh = near.refresh;
    }

    /**
     * The same memory, with the same banks, for somebody who is farther away.
     *
     * @param morePs that each access takes longer
     */
    public MemoryTiming farther(long morePs) {
        return new MemoryTiming(this, morePs);
    }

    /**
     * Time at which data that lies in DRAM is there, or a write is globally visible.
     *
     * @param bytes for more than a line, the last line counts
     */
    public long dramDonePs(long nowPs, long address, int bytes) {
        long first = address >>> LINE_SHIFT;
        long last = address + Math.max(bytes, 1) - 1 >>> LINE_SHIFT;
        long done = nowPs;
        for (long line = first; line <= last; line++) {
            int bank = (int) Long.remainderUnsigned(line, bankFreePs.length);
            long start = refresh.availablePs(Math.max(nowPs, bankFreePs[bank]), line);
            bankFreePs[bank] = start + bankBusyPs;
            done = Math.max(done, start + dramPs);
        }
        return done + pathPs;
    }

    /** Time at which an access that hits in the last-level cache is done. */
    public long llcDonePs(long nowPs) {
        return nowPs + llcPs + pathPs;
    }
}
