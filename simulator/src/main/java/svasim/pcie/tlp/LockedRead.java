package svasim.pcie.tlp;

/** MRdLk: begins a locked sequence, which only the host may do, towards legacy endpoints. */
public record LockedRead(int requesterId, int tag, long address, int bytes, Attributes attributes)
        implements Tlp {
    @Override
    public PasidPrefix pasid() {
        return null;
    }

    @Override
    public int senderId() {
        return requesterId;
    }

    @Override
    public FlowClass flowClass() {
        return FlowClass.NON_POSTED;
    }

    @Override
    public int payloadBytes() {
        return 0;
    }
}
