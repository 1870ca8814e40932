package svasim.pcie.tlp;

/** IORd or IOWr: of the ports of old, within one 32-bit word, always answered. */
public sealed interface IoRequest extends Tlp {
    int requesterId();

    /** 32 bits, unsigned. */
    long address();

    /** 1 to 4. */
    int bytes();

    @Override
    default PasidPrefix pasid() {
        return null;
    }

    @Override
    default int senderId() {
        return requesterId();
    }

    @Override
    default Attributes attributes() {
        return Attributes.DEFAULT;
    }

    @Override
    default FlowClass flowClass() {
        return FlowClass.NON_POSTED;
    }

    /** IORd. */
    record Read(int requesterId, int tag, long address, int bytes) implements IoRequest {
        @Override
        public int payloadBytes() {
            return 0;
        }
    }

    /** IOWr. */
    record Write(int requesterId, int tag, long address, byte[] data) implements IoRequest {
        @Override
        public int bytes() {
            return data.length;
        }

        @Override
        public int payloadBytes() {
            return data.length;
        }
    }
}
