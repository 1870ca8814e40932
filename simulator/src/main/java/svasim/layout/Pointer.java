package svasim.layout;

/**
 * A word or register that leads to a table.
 *
 * @param word which of the entry's words has the address, from 0
 * @param address physical address of the table
 * @param to what stands there
 */
public record Pointer(int word, long address, TableShape to) {}
