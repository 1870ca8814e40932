package svasim.cpu;

import svasim.pcie.fabric.DeferredAnswer;

/** Where accesses of the cores to device and IOMMU registers go, by physical address. */
public interface Bus {
    /**
     * @param bytes 1, 2, 4 or 8
     * @return all ones if nobody answers
     */
    long read(long address, int bytes, long nowPs);

    /** Time that a read takes on its way, 0 if the registers are as near as {@code mmioRead}. */
    default long roundTripPs(long address) {
        return 0;
    }

    /** Time for which a write keeps the core, 0 if for that of any posted write. */
    default long writePs(long address) {
        return 0;
    }

    /**
     * A posted write; lost if nobody is there.
     *
     * @param data 4, 8 or 64 bytes, in the order of addresses
     */
    void write(long address, byte[] data, long nowPs);

    /**
     * A write that the device may defer, as ENQCMD makes it.
     *
     * @param data 64 bytes
     * @param answer told when the device's answer is back; also if nobody is there
     */
    void writeDeferrable(long address, byte[] data, DeferredAnswer answer);
}
