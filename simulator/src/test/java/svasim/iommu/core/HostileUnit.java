package svasim.iommu.core;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A unit whose software leaves anything in tables, registers and queues, as {@link
 * RandomWordsContract} needs it. Legal tables map the {@link RandomPages}.
 */
public interface HostileUnit {
    UnitBench bench();

    Iommu iommu();

    /** Function whose requests use the tables. */
    int requesterId();

    /** PASID whose page is mapped, or NONE. */
    int pasid();

    /** Tables of 4 KiB, as software has made them, that say whose page tables are used. */
    List<Long> configuration();

    /** Page tables of 4 KiB. */
    List<Long> pageTables();

    /** What the page tables, and they alone, say about the addresses of the PASID. */
    SlowTranslator slow();

    /** Makes the registers legal, whatever was written to them. */
    default void program() {}

    /** Changes registers that are to this unit what tables are to others. */
    default void spoilRegisters(SplittableRandom random) {}

    /** Changes mappings that lie in no table, as {@link #slow} is told. */
    default void changeMappings(SplittableRandom random) {}

    /** Lets the unit forget everything, ends what it holds, and empties its logs. */
    void forget();

    /**
     * Sends a command of random words; software recovers if it is refused.
     *
     * @return whether it was carried out
     */
    boolean command(SplittableRandom random);

    /** Whether there are commands that the unit refuses. */
    default boolean refusesCommands() {
        return true;
    }

    /** Offset of a register, or near one. */
    long register(SplittableRandom random);
}
