package svasim.pcie.tlp;

/**
 * FetchAdd, Swap or CAS: answered with the value that was there before.
 *
 * @param address aligned to the size of the value
 * @param data the operands; for CAS first what is expected, then what is to be written
 */
public record AtomicRequest(
        int requesterId,
        int tag,
        AtomicOperation operation,
        long address,
        byte[] data,
        AddressType addressType,
        PasidPrefix pasid,
        Attributes attributes)
        implements Tlp.MemoryRequest {
    /** Size of the value. */
    @Override
    public int bytes() {
        return operation.valueBytes(data.length);
    }

    @Override
    public FlowClass flowClass() {
        return FlowClass.NON_POSTED;
    }

    @Override
    public int payloadBytes() {
        return data.length;
    }
}
