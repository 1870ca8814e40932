package svasim.paging;

/** Where software keeps its page tables: gives out tables and carries each load and store. */
public interface TableMemory {
    /**
     * Takes memory for a table, aligned to its size and filled with zeroes.
     *
     * @param bytes size of the table: 4, 16 or 64 KiB
     * @param level level of the table
     */
    long allocateTable(int level, int bytes);

    /** Gives a table back that {@link #allocateTable} has taken. */
    void freeTable(long address, int bytes);

    /** The entry at an address. */
    long load(long address);

    /** Writes one entry; hardware sees the old or the new word, nothing between. */
    void store(long address, long entry);
}
