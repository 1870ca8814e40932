package svasim.pcie.tlp;

import java.nio.ByteBuffer;

/** Reads messages; {@code in} stands behind the first word of the header. */
record MessageDecoder(Header header, ByteBuffer in, PasidPrefix pasid) {
    DecodedTlp decode() {
        int second = in.getInt();
        MessageRoute route = MessageRoute.of(header.type() & Layout.ROUTE_MASK);
        MessageCode code = MessageCode.of(second & Layout.CODE_MASK);
        MalformedTlp problem = problem(code, route);
        if (problem != null) {
            return problem;
        }
        return switch (second & Layout.CODE_MASK) {
            case Layout.INVALIDATE_REQUEST -> invalidateRequest(second);
            case Layout.INVALIDATE_COMPLETION -> invalidateCompletion(second);
            case Layout.PAGE_REQUEST -> pageRequest(second);
            case Layout.GROUP_RESPONSE -> groupResponse(second);
            default -> message(second, route);
        };
    }

    /** What is wrong with route and data; a code that is not defined is not malformed. */
    private MalformedTlp problem(MessageCode code, MessageRoute route) {
        if (route == null || code != null && !code.goes(route)) {
            return MalformedTlp.ROUTING;
        }
        return code == null || code.takes(words()) ? null : MalformedTlp.LENGTH;
    }

    private int words() {
        return header.hasData() ? header.length() : 0;
    }

    private DecodedTlp message(int second, MessageRoute route) {
        if (pasid != null) {
            return MalformedTlp.PREFIX_NOT_ALLOWED;
        }
        long body = in.getLong();
        return Decoder.packet(
                new Message(
                        second >>> Layout.ID_SHIFT,
                        second >>> Layout.TAG_SHIFT & Layout.TAG_MASK,
                        second & Layout.CODE_MASK,
                        route,
                        body,
                        Decoder.data(in, 0, words() * TlpSize.WORD_BYTES),
                        header.attributes()));
    }

    private DecodedTlp pageRequest(int second) {
        long address = in.getLong();
        int low = (int) address;
        return Decoder.packet(
                new Tlp.PageRequest(
                        second >>> Layout.ID_SHIFT,
                        address & -4096,
                        low >>> Layout.PRG_SHIFT & Layout.PRG_MASK,
                        (low & Layout.PAGE_LAST) != 0,
                        (low & Layout.PAGE_WRITE) != 0,
                        (low & Layout.PAGE_READ) != 0,
                        pasid));
    }

    private DecodedTlp invalidateRequest(int second) {
        int destination = in.getInt() >>> Layout.ID_SHIFT;
        in.getInt();
        if (header.poisoned()) {
            return MalformedTlp.NOT_MODELLED;
        }
        long range = in.getLong();
        return Decoder.packet(
                new Tlp.InvalidateRequest(
                        second >>> Layout.ID_SHIFT,
                        destination,
                        second >>> Layout.TAG_SHIFT & Layout.ITAG_MASK,
                        range & -4096,
                        (range & TranslationEntry.SIZE) != 0,
                        (range & Layout.GLOBAL) != 0,
                        pasid));
    }

    private DecodedTlp invalidateCompletion(int second) {
        if (pasid != null) {
            return MalformedTlp.PREFIX_NOT_ALLOWED;
        }
        int third = in.getInt();
        int count = third & Layout.COMPLETION_COUNT_MASK;
        return Decoder.packet(
                new Tlp.InvalidateCompletion(
                        second >>> Layout.ID_SHIFT,
                        third >>> Layout.ID_SHIFT,
                        count == 0 ? Layout.MAX_COMPLETION_COUNT : count,
                        in.getInt(),
                        header.attributes()));
    }

    private DecodedTlp groupResponse(int second) {
        int third = in.getInt();
        return Decoder.packet(
                new Tlp.PageGroupResponse(
                        second >>> Layout.ID_SHIFT,
                        third >>> Layout.ID_SHIFT,
                        third & Layout.PRG_MASK,
                        third >>> Layout.RESPONSE_SHIFT & Layout.RESPONSE_MASK,
                        pasid));
    }
}
