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

    /** Number of banks less one; 0 if that is no power of two. */
    private final int bankMask;

    private final Refresh refresh;

    public MemoryTiming(MemoryConfig config) {
        pathPs = 0;
        dramPs = config.dram().value();
        llcPs = config.llc().value();
        bankBusyPs = config.bankBusy().value();
        bankFreePs = new long[config.banks()];
        bankMask = Integer.bitCount(config.banks()) == 1 ? config.banks() - 1 : 0;
        refresh = new Refresh(config.refresh());
    }

    private MemoryTiming(MemoryTiming near, long morePs) {
        pathPs = near.pathPs + morePs;
        dramPs = near.dramPs;
        llcPs = near.llcPs;
        bankBusyPs = near.bankBusyPs;
        bankFreePs = near.bankFreePs;
        bankMask = near.bankMask;
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
            int bank = bank(line);
            long start = refresh.availablePs(Math.max(nowPs, bankFreePs[bank]), line);
            bankFreePs[bank] = start + bankBusyPs;
            done = Math.max(done, start + dramPs);
        }
        return done + pathPs;
    }

    /** Lines go round the banks, of which there are mostly a power of two. */
    private int bank(long line) {
        return bankMask == 0 ? (int) (line % bankFreePs.length) : (int) line & bankMask;
    }

    /** Time at which an access that hits in the last-level cache is done. */
    public long llcDonePs(long nowPs) {
        return nowPs + llcPs + pathPs;
    }
}
