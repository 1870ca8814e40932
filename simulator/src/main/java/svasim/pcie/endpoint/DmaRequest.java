package svasim.pcie.endpoint;

import svasim.pcie.tlp.PasidPrefix;

/**
 * One access of a device to memory: at most 4 KiB, within one page of 4 KiB.
 *
 * @param pasid address space, privilege and execute wish; null without PASID
 * @param address untranslated address of the first byte
 * @param buffer of the device: written by a read when its data arrive, taken from at once by a
 *     write
 * @param offset of the first byte in the buffer
 * @param bytes 0 (a read that flushes earlier writes) to 4096
 * @param onFault what to do if the page is not there
 * @param stream number of the engine or work queue that asks: selects entries of the ATC if it
 *     keeps them per stream
 */
public record DmaRequest(
        PasidPrefix pasid,
        long address,
        byte[] buffer,
        int offset,
        int bytes,
        OnFault onFault,
        int stream) {
    private static final int PAGE_BYTES = 4096;

    public DmaRequest {
        boolean fits = bytes >= 0 && offset >= 0 && offset + bytes <= buffer.length;
        if (!fits || (address & PAGE_BYTES - 1) + bytes > PAGE_BYTES) {
            throw new IllegalArgumentException(
                    bytes + " bytes at 0x" + Long.toHexString(address) + ", buffer at " + offset);
        }
    }

    /**
     * An access of the whole buffer that blocks on a fault, in stream 0.
     *
     * @param pasid {@link PasidPrefix#NONE} without
     */
    public static DmaRequest of(int pasid, long address, byte[] buffer) {
        return of(pasid, address, buffer, 0, buffer.length);
    }

    /** An access of a part of the buffer that blocks on a fault, in stream 0. */
    public static DmaRequest of(int pasid, long address, byte[] buffer, int offset, int bytes) {
        PasidPrefix prefix = pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid);
        return new DmaRequest(prefix, address, buffer, offset, bytes, OnFault.BLOCK, 0);
    }

    /** The same access with another behaviour on faults. */
    public DmaRequest onFault(OnFault policy) {
        return new DmaRequest(pasid, address, buffer, offset, bytes, policy, stream);
    }

    /** The same access by another stream. */
    public DmaRequest stream(int number) {
        return new DmaRequest(pasid, address, buffer, offset, bytes, onFault, number);
    }

    /** Most bytes from {@code address} on that one request may cover. */
    public static int bytesInPage(long address, long wanted) {
        return (int) Math.min(wanted, PAGE_BYTES - (address & PAGE_BYTES - 1));
    }
}
