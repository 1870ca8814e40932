package svasim.pcie.tlp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads one packet: prefixes, first header word, then what the type says. Every step gives the
 * packet or the reason why there is none.
 */
final class Decoder {
    private static final int BYTE_SHIFT = 24;

    private final ByteBuffer in;
    private final int maxPayload;

    private PasidPrefix pasid;
    private Header header;

    Decoder(byte[] bytes, int maxPayload) {
        this.in = ByteBuffer.wrap(bytes);
        this.maxPayload = maxPayload;
    }

    DecodedTlp decode() {
        MalformedTlp problem = prefixes();
        if (problem == null) {
            problem = frame();
        }
        return problem == null ? body() : problem;
    }

    /** Takes all prefixes; null if they are in order. */
    private MalformedTlp prefixes() {
        int endEnd = 0;
        while (in.remaining() >= TlpSize.WORD_BYTES && isPrefix(peek())) {
            int prefix = in.getInt();
            int code = prefix >>> BYTE_SHIFT;
            boolean local = (code & Layout.END_END) == 0;
            if (local && endEnd > 0) {
                return MalformedTlp.PREFIX_ORDER;
            }
            endEnd += local ? 0 : 1;
            boolean second = code == Layout.PASID_PREFIX && pasid != null;
            if (endEnd > Layout.MAX_END_END || second) {
                return MalformedTlp.TOO_MANY_PREFIXES;
            }
            if (code == Layout.PASID_PREFIX) {
                pasid = pasid(prefix);
            }
        }
        return null;
    }

    /** Checks that header, data and digest are there in full; null if so. */
    private MalformedTlp frame() {
        if (in.remaining() < TlpSize.SHORT_HEADER_BYTES) {
            return MalformedTlp.TRUNCATED;
        }
        header = new Header(in.getInt());
        int rest = header.bytes() - TlpSize.WORD_BYTES;
        if (in.remaining() < rest) {
            return MalformedTlp.TRUNCATED;
        }
        int data = header.hasData() ? header.length() * TlpSize.WORD_BYTES : 0;
        if (data > maxPayload) {
            return MalformedTlp.OVER_MAX_PAYLOAD;
        }
        if (in.remaining() != rest + data + (header.hasDigest() ? TlpSize.WORD_BYTES : 0)) {
            return MalformedTlp.LENGTH;
        }
        return header.poisoned() ? MalformedTlp.NOT_MODELLED : null;
    }

    private DecodedTlp body() {
        if (header.undefinedFormat()) {
            return MalformedTlp.UNKNOWN_TYPE;
        }
        if (header.type() == Layout.MEMORY) {
            return header.addressType() == AddressType.TRANSLATION_REQUEST
                    ? translationRequest()
                    : memory();
        }
        if (header.type() == Layout.DEFERRABLE_WRITE && header.hasData()) {
            return memory();
        }
        if ((header.type() & -8) == Layout.MESSAGE && header.isLong()) {
            return new MessageDecoder(header, in, pasid).decode();
        }
        if (header.isLong() || !Header.KNOWN_SHORT_TYPES.get(header.type())) {
            return Header.KNOWN_LONG_TYPES.get(header.type())
                    ? MalformedTlp.NOT_MODELLED
                    : MalformedTlp.UNKNOWN_TYPE;
        }
        if (pasid != null) {
            return MalformedTlp.PREFIX_NOT_ALLOWED;
        }
        return switch (header.type()) {
            case Layout.COMPLETION -> completion();
            case Layout.CONFIGURATION_0, Layout.CONFIGURATION_1 -> configuration();
            default -> MalformedTlp.NOT_MODELLED;
        };
    }

    private DecodedTlp memory() {
        int second = in.getInt();
        long address = address() & -TlpSize.WORD_BYTES;
        ByteEnables enables = new ByteEnables(header.length(), second);
        if (enables.problem() != null) {
            return enables.problem();
        }
        if ((address & 0xFFF) + header.length() * TlpSize.WORD_BYTES > 4096) {
            return MalformedTlp.CROSSES_4K;
        }
        AddressType type = header.addressType();
        if (type == AddressType.TRANSLATION_REQUEST) {
            return MalformedTlp.ADDRESS_TYPE;
        }
        int requester = second >>> Layout.ID_SHIFT;
        long from = address + enables.offset();
        Attributes attributes = header.attributes();
        int tag = header.tag(second >>> Layout.TAG_SHIFT);
        if (!header.hasData()) {
            int bytes = enables.bytes();
            return packet(new Tlp.MemoryRead(requester, tag, from, bytes, type, pasid, attributes));
        }
        byte[] data = data(enables.offset(), enables.bytes());
        return packet(
                header.type() == Layout.MEMORY
                        ? new Tlp.MemoryWrite(requester, from, data, type, pasid, attributes)
                        : new Tlp.DeferrableWrite(
                                requester, tag, from, data, type, pasid, attributes));
    }

    private DecodedTlp translationRequest() {
        if (header.hasData()) {
            return MalformedTlp.ADDRESS_TYPE;
        }
        int words = header.length();
        if (words % 2 != 0 || words > Layout.MAX_TRANSLATION_WORDS) {
            return MalformedTlp.LENGTH;
        }
        int second = in.getInt();
        if ((second & 0xFF) != 0xFF) {
            return MalformedTlp.BYTE_ENABLES;
        }
        long address = address();
        return packet(
                new Tlp.TranslationRequest(
                        second >>> Layout.ID_SHIFT,
                        header.tag(second >>> Layout.TAG_SHIFT),
                        address & -4096,
                        words / 2,
                        (address & Layout.NO_WRITE) != 0,
                        pasid,
                        header.attributes()));
    }

    private DecodedTlp completion() {
        int second = in.getInt();
        int third = in.getInt();
        int lower = third & Layout.LOWER_ADDRESS_MASK;
        int count = second & Layout.BYTE_COUNT_MASK;
        int byteCount = count == 0 ? Layout.MAX_BYTE_COUNT : count;
        byte[] data = new byte[0];
        if (header.hasData()) {
            int skipped = lower & TlpSize.WORD_BYTES - 1;
            int bytes = Math.min(byteCount, header.length() * TlpSize.WORD_BYTES - skipped);
            if (TlpSize.words(lower, bytes) != header.length()) {
                return MalformedTlp.LENGTH;
            }
            data = data(skipped, bytes);
        }
        return packet(
                new Tlp.Completion(
                        second >>> Layout.ID_SHIFT,
                        third >>> Layout.ID_SHIFT,
                        header.tag(third >>> Layout.TAG_SHIFT),
                        CompletionStatus.of(second >>> Layout.STATUS_SHIFT & Layout.STATUS_MASK),
                        byteCount,
                        lower,
                        data,
                        header.attributes()));
    }

    private DecodedTlp configuration() {
        int second = in.getInt();
        int third = in.getInt();
        if (header.length() != 1) {
            return MalformedTlp.LENGTH;
        }
        ByteEnables enables = new ByteEnables(1, second);
        if (enables.problem() != null) {
            return enables.problem();
        }
        if (enables.bytes() == 0) {
            return MalformedTlp.NOT_MODELLED;
        }
        int requester = second >>> Layout.ID_SHIFT;
        int target = third >>> Layout.ID_SHIFT;
        int tag = header.tag(second >>> Layout.TAG_SHIFT);
        int offset = third & Layout.REGISTER_MASK | enables.offset();
        int bytes = enables.bytes();
        boolean forwarded = header.type() == Layout.CONFIGURATION_1;
        return packet(
                header.hasData()
                        ? new Tlp.ConfigurationWrite(
                                requester,
                                target,
                                tag,
                                offset,
                                data(enables.offset(), bytes),
                                forwarded)
                        : new Tlp.ConfigurationRead(
                                requester, target, tag, offset, bytes, forwarded));
    }

    private long address() {
        return header.isLong() ? in.getLong() : in.getInt() & 0xFFFF_FFFFL;
    }

    private byte[] data(int skipped, int bytes) {
        int from = in.position() + skipped;
        return Arrays.copyOfRange(in.array(), from, from + bytes);
    }

    private int peek() {
        return in.get(in.position()) & 0xFF;
    }

    private static boolean isPrefix(int firstByte) {
        return (firstByte & Layout.PREFIX_MASK) == Layout.PREFIX;
    }

    private static PasidPrefix pasid(int prefix) {
        return new PasidPrefix(
                prefix & Layout.PASID_MASK,
                (prefix & Layout.PRIVILEGED) != 0,
                (prefix & Layout.EXECUTE) != 0);
    }

    static DecodedTlp packet(Tlp tlp) {
        return new DecodedTlp.Packet(tlp);
    }
}
