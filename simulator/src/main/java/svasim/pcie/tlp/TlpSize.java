package svasim.pcie.tlp;

/**
 * How large packets are on the wire and in flow-control credits. The two kinds that data come by,
 * reads and their completions, are asked for first: a record's class is one comparison, that of an
 * interface a search.
 */
public final class TlpSize {
    /** Framing, sequence number and LCRC of a packet, the same in generations 1 to 5. */
    public static final int OVERHEAD_BYTES = 8;

    static final int WORD_BYTES = 4;
    static final int SHORT_HEADER_BYTES = 12;
    static final int LONG_HEADER_BYTES = 16;

    private static final int DATA_CREDIT_BYTES = 16;

    private TlpSize() {}

    /** Bytes of prefix, header and data, as {@link TlpCodec} encodes them. */
    public static int bytes(Tlp tlp) {
        int prefix = tlp.pasid() == null ? 0 : WORD_BYTES;
        return prefix + headerBytes(tlp) + WORD_BYTES * payloadWords(tlp);
    }

    /** Bytes that the packet takes on a link without flits. */
    public static int wireBytes(Tlp tlp) {
        return OVERHEAD_BYTES + bytes(tlp);
    }

    /** Data credits that the packet takes; its header credit is always one. */
    public static int dataCredits(Tlp tlp) {
        int bytes = WORD_BYTES * payloadWords(tlp);
        return (bytes + DATA_CREDIT_BYTES - 1) / DATA_CREDIT_BYTES;
    }

    static int headerBytes(Tlp tlp) {
        if (tlp instanceof Tlp.MemoryRead read) {
            return addressedHeaderBytes(read.address());
        }
        if (tlp instanceof Tlp.Completion) {
            return SHORT_HEADER_BYTES;
        }
        if (tlp instanceof Tlp.MemoryRequest request) {
            return addressedHeaderBytes(request.address());
        }
        if (tlp instanceof Tlp.TranslationRequest request) {
            return addressedHeaderBytes(request.address());
        }
        if (tlp instanceof LockedRead read) {
            return addressedHeaderBytes(read.address());
        }
        boolean isShort =
                tlp.flowClass() == FlowClass.COMPLETION
                        || tlp instanceof Tlp.ConfigurationRequest
                        || tlp instanceof IoRequest;
        return isShort ? SHORT_HEADER_BYTES : LONG_HEADER_BYTES;
    }

    /** 32-bit words of payload; a write without data still has one. */
    static int payloadWords(Tlp tlp) {
        if (tlp instanceof Tlp.MemoryRead) {
            return 0;
        }
        if (tlp instanceof Tlp.Completion completion) {
            int bytes = completion.data().length;
            return bytes == 0 ? 0 : words(completion.lowerAddress(), bytes);
        }
        if (tlp instanceof Tlp.MemoryWrite || tlp instanceof Tlp.DeferrableWrite) {
            Tlp.MemoryRequest write = (Tlp.MemoryRequest) tlp;
            return words(write.address(), write.bytes());
        }
        int bytes = tlp.payloadBytes();
        if (bytes == 0) {
            return 0;
        }
        if (tlp instanceof LockedCompletion locked) {
            return payloadWords(locked.completion());
        }
        return words(0, bytes);
    }

    /** 32-bit words that a range touches; at least one. */
    static int words(long address, int bytes) {
        int before = (int) address & WORD_BYTES - 1;
        return Math.max(1, (before + bytes + WORD_BYTES - 1) / WORD_BYTES);
    }

    private static int addressedHeaderBytes(long address) {
        return address >>> Integer.SIZE == 0 ? SHORT_HEADER_BYTES : LONG_HEADER_BYTES;
    }
}
