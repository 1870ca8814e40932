package svasim.pcie.tlp;

import java.nio.ByteBuffer;

/** Reads requests of all kinds but messages; {@code in} stands behind the first header word. */
record RequestDecoder(Header header, ByteBuffer in, PasidPrefix pasid) {
    private static final int PAGE_BYTES = 4096;
    private static final int BOTH_ENABLES = 0xFF;

    DecodedTlp memory() {
        int second = in.getInt();
        long address = address() & -TlpSize.WORD_BYTES;
        MalformedTlp problem = problem(second, address);
        if (problem != null) {
            return problem;
        }
        ByteEnables enables = enables(second);
        long from = address + enables.offset();
        return header.hasData()
                ? write(second, from, data(enables))
                : Decoder.packet(
                        new Tlp.MemoryRead(
                                requester(second),
                                tag(second),
                                from,
                                enables.bytes(),
                                header.addressType(),
                                pasid,
                                header.attributes()));
    }

    private DecodedTlp write(int second, long from, byte[] data) {
        AddressType type = header.addressType();
        if (type == AddressType.TRANSLATION_REQUEST) {
            return MalformedTlp.ADDRESS_TYPE;
        }
        Attributes attributes = header.attributes();
        return Decoder.packet(
                header.type() == Layout.MEMORY
                        ? new Tlp.MemoryWrite(
                                requester(second), from, data, type, pasid, attributes)
                        : new Tlp.DeferrableWrite(
                                requester(second),
                                tag(second),
                                from,
                                data,
                                type,
                                pasid,
                                attributes));
    }

    DecodedTlp translationRequest() {
        if (header.hasData()) {
            return MalformedTlp.ADDRESS_TYPE;
        }
        int words = header.length();
        if (words % 2 != 0 || words > Layout.MAX_TRANSLATION_WORDS) {
            return MalformedTlp.LENGTH;
        }
        int second = in.getInt();
        if ((second & BOTH_ENABLES) != BOTH_ENABLES) {
            return MalformedTlp.BYTE_ENABLES;
        }
        long address = address();
        return Decoder.packet(
                new Tlp.TranslationRequest(
                        requester(second),
                        tag(second),
                        address & -PAGE_BYTES,
                        words / 2,
                        (address & Layout.NO_WRITE) != 0,
                        pasid,
                        header.attributes()));
    }

    DecodedTlp lockedRead() {
        if (pasid != null) {
            return MalformedTlp.PREFIX_NOT_ALLOWED;
        }
        int second = in.getInt();
        long address = address() & -TlpSize.WORD_BYTES;
        MalformedTlp problem = problem(second, address);
        if (problem != null) {
            return problem;
        }
        ByteEnables enables = enables(second);
        return Decoder.packet(
                new LockedRead(
                        requester(second),
                        tag(second),
                        address + enables.offset(),
                        enables.bytes(),
                        header.attributes()));
    }

    DecodedTlp atomic(AtomicOperation operation) {
        int second = in.getInt();
        long address = address() & -TlpSize.WORD_BYTES;
        int payload = header.length() * TlpSize.WORD_BYTES;
        int value = operation.valueBytes(payload);
        if (value == 0) {
            return MalformedTlp.LENGTH;
        }
        if ((address & value - 1) != 0) {
            return MalformedTlp.ALIGNMENT;
        }
        if (header.addressType() == AddressType.TRANSLATION_REQUEST) {
            return MalformedTlp.ADDRESS_TYPE;
        }
        return Decoder.packet(
                new AtomicRequest(
                        requester(second),
                        tag(second),
                        operation,
                        address,
                        Decoder.data(in, 0, payload),
                        header.addressType(),
                        pasid,
                        header.attributes()));
    }

    DecodedTlp io() {
        int second = in.getInt();
        MalformedTlp problem = wordProblem(second);
        if (problem != null) {
            return problem;
        }
        ByteEnables enables = enables(second);
        long from = (in.getInt() & 0xFFFF_FFFFL & -TlpSize.WORD_BYTES) + enables.offset();
        return Decoder.packet(
                header.hasData()
                        ? new IoRequest.Write(requester(second), tag(second), from, data(enables))
                        : new IoRequest.Read(
                                requester(second), tag(second), from, enables.bytes()));
    }

    DecodedTlp configuration() {
        int second = in.getInt();
        int third = in.getInt();
        MalformedTlp problem = wordProblem(second);
        if (problem != null) {
            return problem;
        }
        ByteEnables enables = enables(second);
        int target = third >>> Layout.ID_SHIFT;
        int offset = third & Layout.REGISTER_MASK | enables.offset();
        boolean forwarded = header.type() == Layout.CONFIGURATION_1;
        return Decoder.packet(
                header.hasData()
                        ? new Tlp.ConfigurationWrite(
                                requester(second),
                                target,
                                tag(second),
                                offset,
                                data(enables),
                                forwarded)
                        : new Tlp.ConfigurationRead(
                                requester(second),
                                target,
                                tag(second),
                                offset,
                                enables.bytes(),
                                forwarded));
    }

    private MalformedTlp problem(int second, long address) {
        MalformedTlp problem = enables(second).problem();
        long end = (address & PAGE_BYTES - 1) + header.length() * TlpSize.WORD_BYTES;
        return problem == null && end > PAGE_BYTES ? MalformedTlp.CROSSES_4K : problem;
    }

    /** What is wrong with a request that is for one word only. */
    private MalformedTlp wordProblem(int second) {
        if (header.length() != 1) {
            return MalformedTlp.LENGTH;
        }
        if (header.poisoned()) {
            return MalformedTlp.NOT_MODELLED;
        }
        ByteEnables enables = enables(second);
        boolean empty = enables.problem() == null && enables.bytes() == 0;
        return empty ? MalformedTlp.NOT_MODELLED : enables.problem();
    }

    private ByteEnables enables(int second) {
        return new ByteEnables(header.length(), second);
    }

    private byte[] data(ByteEnables enables) {
        return Decoder.data(in, enables.offset(), enables.bytes());
    }

    private static int requester(int second) {
        return second >>> Layout.ID_SHIFT;
    }

    private int tag(int second) {
        return header.tag(second >>> Layout.TAG_SHIFT);
    }

    private long address() {
        return header.isLong() ? in.getLong() : in.getInt() & 0xFFFF_FFFFL;
    }
}
