package svasim.layout;

import java.util.function.LongUnaryOperator;

/**
 * A word or register that leads to a table.
 *
 * @param word which of the entry's words has the address, from 0
 * @param address of the table: physical, or what {@code stage2} translates
 * @param to what stands there
 * @param stage2 tables below that translate the address and every address in the tables that it
 *     leads to; null if these are physical
 */
public record Pointer(int word, long address, TableShape to, AddressTables stage2) {
    /** Nothing is mapped at an intermediate address. */
    public static final long NOWHERE = -1;

    /** Leads to a physical address. */
    public Pointer(int word, long address, TableShape to) {
        this(word, address, to, null);
    }

    /** The same, read through tables below unless it has its own. */
    public Pointer within(AddressTables tables) {
        return stage2 == null ? new Pointer(word, address, to, tables) : this;
    }

    /**
     * Where the table lies now.
     *
     * @param memory the aligned word at a physical address
     * @return {@link #NOWHERE} if the tables below do not map it
     */
    public long physical(LongUnaryOperator memory) {
        return stage2 == null ? address : stage2.translate(address, memory);
    }
}
