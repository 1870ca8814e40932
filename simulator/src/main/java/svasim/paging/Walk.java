package svasim.paging;

/**
 * A look-up in tables in memory, as a pure step machine: it says what it wants to read, is given
 * the data, and goes on until it is done or has met a fault. What was found or went wrong is asked
 * of the implementing class.
 *
 * <p>The timed engine of an IOMMU or a core drives it over simulated time; {@link Walks#runAtOnce}
 * drives it at once and without side effects.
 */
public interface Walk {
    /** What the walk needs next. */
    enum Step {
        /**
         * {@link #bytes} bytes at {@link #address}; answer with {@link #data} or {@link
         * #unreadable}.
         */
        READ,
        /**
         * An atomic compare-and-swap of the 64-bit word at {@link #address}, from {@link #expected}
         * to {@link #replacement}; answer with {@link #updated} or {@link #unreadable}.
         */
        UPDATE,
        DONE,
        FAULT
    }

    /** The same answer until the step is answered. */
    Step next();

    /** Physical address of the read or update. */
    long address();

    /** Size of the read: 8 or 16; hardware does not read 64 bytes atomically. */
    int bytes();

    /** The words that were read; {@code high} is 0 for a read of 8 bytes. */
    void data(long low, long high);

    /** The bus gave no answer to the read or update. */
    void unreadable();

    /** Word that an update expects. */
    long expected();

    /** Word that an update writes. */
    long replacement();

    /**
     * The update was tried.
     *
     * @param won false if the word was not the expected one any more; the walk then reads it again
     */
    void updated(boolean won);
}
