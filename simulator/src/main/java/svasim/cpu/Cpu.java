package svasim.cpu;

/**
 * The core on which a step of software runs, as the step sees it: memory and devices at physical
 * addresses, and the time that it takes. Costs that a step adds here lengthen the step.
 */
public interface Cpu {
    /** Number of the core, from 0. */
    int number();

    /** Start of the present step, in picoseconds. */
    long nowPs();

    /** Makes the present step take longer. */
    void spend(long ps);

    /** Reads an aligned word of memory. */
    long load(long address);

    /**
     * Writes an aligned word of memory. In a table or queue hardware may see it late, until a
     * barrier; the trace is told when it does.
     */
    void store(long address, long value);

    /**
     * Stores that follow become visible to hardware after those before (dma_wmb: nothing on x86,
     * DMB OSHST on Arm).
     */
    void storeBarrier();

    /** All earlier stores are visible to hardware before anything that follows (mb). */
    void fullBarrier();

    /**
     * CLFLUSH, or DC CVAC, of every line of a range of memory, and the fence behind: units that do
     * not look into the caches of the cores see it before anything that follows.
     */
    void flushLines(long address, int bytes);

    /** Atomic compare-and-swap of an aligned word of memory; a full barrier. */
    boolean compareAndSwap(long address, long expected, long value);

    /** Reads a device or IOMMU register at a physical address; costs a round trip. */
    long readMmio(long address, int bytes);

    /** Posted write of a device or IOMMU register, 4 or 8 bytes. */
    void writeMmio(long address, int bytes, long value);

    /** MOVDIR64B: 64 bytes as one posted write. */
    void writeMmio64(long address, byte[] data);

    /** Reads IA32_PASID. */
    long pasidRegister();

    /** WRMSR of IA32_PASID. */
    void pasidRegister(long value);

    /**
     * ENQCMD: 64 bytes as one deferrable write, with the PASID of IA32_PASID in their first word.
     * The step returns {@code Next.stall} with the result.
     *
     * @param address physical address of the portal, a multiple of 64
     * @param operand 64 bytes
     * @return null if IA32_PASID is not valid, or a hypervisor has no translation of it: #GP, and
     *     nothing is sent
     */
    Enqueue enqcmd(long address, byte[] operand);

    /** ENQCMDS: as {@link #enqcmd}, with PASID and privilege as the operand says; ring 0 only. */
    Enqueue enqcmds(long address, byte[] operand);
}
