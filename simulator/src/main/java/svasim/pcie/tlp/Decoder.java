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
        return null;
    }

    private DecodedTlp body() {
        if (header.undefinedFormat()) {
            return MalformedTlp.UNKNOWN_TYPE;
        }
        if ((header.type() & -8) == Layout.MESSAGE && header.isLong()) {
            return new MessageDecoder(header, in, pasid).decode();
        }
        RequestDecoder requests = new RequestDecoder(header, in, pasid);
        AtomicOperation atomic = AtomicOperation.ofType(header.type());
        if (atomic != null && header.hasData()) {
            return requests.atomic(atomic);
        }
        return switch (header.type()) {
            case Layout.MEMORY ->
                    header.addressType() == AddressType.TRANSLATION_REQUEST
                            ? requests.translationRequest()
                            : requests.memory();
            case Layout.LOCKED_MEMORY ->
                    header.hasData() ? MalformedTlp.UNKNOWN_TYPE : requests.lockedRead();
            case Layout.DEFERRABLE_WRITE ->
                    header.hasData() ? requests.memory() : MalformedTlp.UNKNOWN_TYPE;
            default -> header.isLong() ? MalformedTlp.UNKNOWN_TYPE : withoutPrefix(requests);
        };
    }

    /** Kinds with a header of three words, and never a PASID. */
    private DecodedTlp withoutPrefix(RequestDecoder requests) {
        boolean known = header.type() >= Layout.IO && header.type() <= Layout.LOCKED_COMPLETION;
        if (known && pasid != null) {
            return MalformedTlp.PREFIX_NOT_ALLOWED;
        }
        return switch (header.type()) {
            case Layout.IO -> requests.io();
            case Layout.CONFIGURATION_0, Layout.CONFIGURATION_1 -> requests.configuration();
            case Layout.COMPLETION, Layout.LOCKED_COMPLETION -> completion();
            default -> MalformedTlp.UNKNOWN_TYPE;
        };
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
            data = data(in, skipped, bytes);
        }
        Tlp.Completion completion =
                new Tlp.Completion(
                        second >>> Layout.ID_SHIFT,
                        third >>> Layout.ID_SHIFT,
                        header.tag(third >>> Layout.TAG_SHIFT),
                        CompletionStatus.of(second >>> Layout.STATUS_SHIFT & Layout.STATUS_MASK),
                        byteCount,
                        lower,
                        data,
                        header.attributes());
        boolean locked = header.type() == Layout.LOCKED_COMPLETION;
        return packet(locked ? new LockedCompletion(completion) : completion);
    }

    /** Bytes of the payload, which is next. */
    static byte[] data(ByteBuffer in, int skipped, int bytes) {
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
