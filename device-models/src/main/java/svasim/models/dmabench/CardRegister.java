package svasim.models.dmabench;

/** Registers of 64 bits in BAR0; the card has nothing else there. */
enum CardRegister {
    /**
     * Writing {@link #READ}, {@link #WRITE} or {@link #WRITE_READ} starts a measurement, {@link
     * #STOP} ends it.
     */
    CONTROL,
    /** 1 while a measurement runs or an access is under way. */
    BUSY,
    WINDOW_ADDRESS,
    WINDOW_BYTES,
    RING_ADDRESS,
    SAMPLES,
    /** PASID of the accesses; all ones for none. */
    PASID,
    /** Message that ends a measurement. */
    MESSAGE_ADDRESS,
    MESSAGE_DATA,
    /** Samples taken of the last measurement. */
    TAKEN,
    /** Samples of it that failed. */
    FAILED,
    /** Message of a fault of the card's own page table. */
    FAULT_ADDRESS,
    FAULT_DATA,
    /** The oldest fault; reading takes it. */
    FAULT,
    /** Page that {@link #ENTRY} is for. */
    ENTRY_ADDRESS,
    /** Writing sets an entry of the card's own page table; 0 refuses the page. */
    ENTRY,
    REMOVE_START,
    /** Writing removes entries from {@link #REMOVE_START} up to here. */
    REMOVE_END,
    /** 1 while an access is under way that has used a removed entry. */
    USED_STILL;

    static final long STOP = 0;
    static final long READ = 1;
    static final long WRITE = 2;

    /** A write, and a read of the same bytes behind it. */
    static final long WRITE_READ = 3;

    static final int BAR = 0;
    static final int BAR_BYTES = 4096;

    private static final CardRegister[] ALL = values();

    int offset() {
        return ordinal() * Long.BYTES;
    }

    /** The register at an offset, or null. */
    static CardRegister at(long offset) {
        long index = offset / Long.BYTES;
        return offset % Long.BYTES != 0 || index >= ALL.length ? null : ALL[(int) index];
    }
}
