package svasim.pcie.tlp;

/**
 * A transaction layer packet. Records are immutable by agreement: nobody changes a payload array
 * after the TLP was made. {@link TlpCodec} turns them into bytes and back.
 */
public sealed interface Tlp
        permits Tlp.MemoryRequest,
                Tlp.RoutedById,
                Tlp.TranslationRequest,
                Tlp.PageRequest,
                IoRequest,
                LockedRead,
                Message {
    /** PASID prefix, or null if the TLP has none. */
    PasidPrefix pasid();

    /** RID of the sender: the requester, or for a completion the completer. */
    int senderId();

    /** What tells the sender's requests without an answer apart; 0 if there is no answer. */
    default int tag() {
        return 0;
    }

    Attributes attributes();

    FlowClass flowClass();

    /** Bytes of payload, 0 without data. */
    int payloadBytes();

    /** A TLP whose request names an address: routed by it, translated by the IOMMU. */
    sealed interface MemoryRequest extends Tlp
            permits MemoryRead, MemoryWrite, DeferrableWrite, AtomicRequest {
        int requesterId();

        long address();

        /** Length of the data in bytes, 0 for a zero-length request. */
        int bytes();

        AddressType addressType();

        @Override
        default int senderId() {
            return requesterId();
        }
    }

    /** A TLP that goes to one function. */
    sealed interface RoutedById extends Tlp
            permits Completion,
                    LockedCompletion,
                    InvalidateRequest,
                    InvalidateCompletion,
                    PageGroupResponse,
                    ConfigurationRequest {
        int destinationId();
    }

    /** MRd with AT 00 or 10. */
    record MemoryRead(
            int requesterId,
            int tag,
            long address,
            int bytes,
            AddressType addressType,
            PasidPrefix pasid,
            Attributes attributes)
            implements MemoryRequest {
        @Override
        public FlowClass flowClass() {
            return FlowClass.NON_POSTED;
        }

        @Override
        public int payloadBytes() {
            return 0;
        }
    }

    /** MWr with AT 00 or 10. */
    record MemoryWrite(
            int requesterId,
            long address,
            byte[] data,
            AddressType addressType,
            PasidPrefix pasid,
            Attributes attributes)
            implements MemoryRequest {
        @Override
        public int bytes() {
            return data.length;
        }

        @Override
        public FlowClass flowClass() {
            return FlowClass.POSTED;
        }

        @Override
        public int payloadBytes() {
            return data.length;
        }
    }

    /**
     * DMWr: a write that is answered, with {@link CompletionStatus#REQUEST_RETRY} if the completer
     * has no room for it now (PCI Express Base 6.0, 6.32). ENQCMD makes one of 64 bytes.
     */
    record DeferrableWrite(
            int requesterId,
            int tag,
            long address,
            byte[] data,
            AddressType addressType,
            PasidPrefix pasid,
            Attributes attributes)
            implements MemoryRequest {
        @Override
        public int bytes() {
            return data.length;
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

    /**
     * ATS Translation Request: MRd with AT 01.
     *
     * @param address page aligned
     * @param entries translations wanted: for this page and those that follow
     * @param noWrite NW: only read access is wanted
     */
    record TranslationRequest(
            int requesterId,
            int tag,
            long address,
            int entries,
            boolean noWrite,
            PasidPrefix pasid,
            Attributes attributes)
            implements Tlp {
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

    /**
     * Cpl or CplD; the answer to a Translation Request too, its data then being {@link
     * TranslationEntry} words in big-endian order.
     *
     * @param byteCount bytes still owed including this piece, 1 to 4096
     * @param lowerAddress low seven bits of the address of the first byte
     * @param data empty without data
     */
    record Completion(
            int completerId,
            int requesterId,
            int tag,
            CompletionStatus status,
            int byteCount,
            int lowerAddress,
            byte[] data,
            Attributes attributes)
            implements RoutedById {
        @Override
        public PasidPrefix pasid() {
            return null;
        }

        @Override
        public int senderId() {
            return completerId;
        }

        @Override
        public int destinationId() {
            return requesterId;
        }

        @Override
        public FlowClass flowClass() {
            return FlowClass.COMPLETION;
        }

        @Override
        public int payloadBytes() {
            return data.length;
        }
    }

    /**
     * ATS Invalidate Request, translation agent to function.
     *
     * @param itag 0 to 31
     * @param address bits 63:12 of the range, with the size code below its base if {@code sized}
     * @param sized S: the range is larger than 4 KiB
     * @param global Global Invalidate: for every PASID
     */
    record InvalidateRequest(
            int requesterId,
            int destinationId,
            int itag,
            long address,
            boolean sized,
            boolean global,
            PasidPrefix pasid)
            implements RoutedById {
        @Override
        public int senderId() {
            return requesterId;
        }

        @Override
        public Attributes attributes() {
            return Attributes.DEFAULT;
        }

        @Override
        public FlowClass flowClass() {
            return FlowClass.POSTED;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES;
        }
    }

    /**
     * ATS Invalidate Completion, function to translation agent.
     *
     * @param completionCount 1 to 8: completions that come in all for the request
     * @param itags bit i stands for ITag i
     */
    record InvalidateCompletion(
            int requesterId,
            int destinationId,
            int completionCount,
            int itags,
            Attributes attributes)
            implements RoutedById {
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
            return FlowClass.POSTED;
        }

        @Override
        public int payloadBytes() {
            return 0;
        }
    }

    /**
     * PRI Page Request, function to root complex.
     *
     * @param pageAddress page aligned
     * @param prgIndex 0 to 511
     */
    record PageRequest(
            int requesterId,
            long pageAddress,
            int prgIndex,
            boolean last,
            boolean write,
            boolean read,
            PasidPrefix pasid)
            implements Tlp {
        /** Whether this is a Stop Marker: no more requests for the PASID will follow. */
        public boolean stopMarker() {
            return pasid != null && last && !write && !read;
        }

        @Override
        public int senderId() {
            return requesterId;
        }

        @Override
        public Attributes attributes() {
            return Attributes.DEFAULT;
        }

        @Override
        public FlowClass flowClass() {
            return FlowClass.POSTED;
        }

        @Override
        public int payloadBytes() {
            return 0;
        }
    }

    /**
     * PRG Response, root complex to function.
     *
     * @param code four bits: {@link #SUCCESS}, {@link #INVALID_REQUEST}, {@link #RESPONSE_FAILURE};
     *     others count as failure
     */
    record PageGroupResponse(
            int requesterId, int destinationId, int prgIndex, int code, PasidPrefix pasid)
            implements RoutedById {
        public static final int SUCCESS = 0;
        public static final int INVALID_REQUEST = 1;
        public static final int RESPONSE_FAILURE = 0xF;

        @Override
        public int senderId() {
            return requesterId;
        }

        @Override
        public Attributes attributes() {
            return Attributes.DEFAULT;
        }

        @Override
        public FlowClass flowClass() {
            return FlowClass.POSTED;
        }

        @Override
        public int payloadBytes() {
            return 0;
        }
    }

    /** Configuration request: CfgRd or CfgWr of type 0 or 1. */
    sealed interface ConfigurationRequest extends RoutedById {
        int requesterId();

        /** First byte, 0 to 4095. */
        int offset();

        /** 1 to 4, within one aligned 32-bit word. */
        int bytes();

        /** Type 1: still on its way through bridges. */
        boolean forwarded();

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
    }

    /** CfgRd0 or CfgRd1. */
    record ConfigurationRead(
            int requesterId, int destinationId, int tag, int offset, int bytes, boolean forwarded)
            implements ConfigurationRequest {
        @Override
        public int payloadBytes() {
            return 0;
        }
    }

    /** CfgWr0 or CfgWr1. */
    record ConfigurationWrite(
            int requesterId, int destinationId, int tag, int offset, byte[] data, boolean forwarded)
            implements ConfigurationRequest {
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
