package svasim.layout;

import java.util.List;

/** A table in memory: what its rows are called, and where their entries lead. */
public interface TableShape {
    /** What kind of table it is, for example "PASID directory". */
    String title();

    /** Section of the specification that defines its entries. */
    String section();

    /** Size of an entry, a multiple of eight. */
    int entryBytes();

    /** Number of entries. */
    int entries();

    /** What an entry stands for, for example "PASID 5". */
    String row(int index);

    /**
     * Layouts of the words of an entry, which may depend on what they hold.
     *
     * @param entry its words
     */
    List<WordLayout> words(long[] entry);

    /**
     * Where an entry leads; empty if it is not valid, or is a leaf.
     *
     * @param index of the entry
     * @param entry its words
     */
    List<Pointer> pointers(int index, long[] entry);
}
