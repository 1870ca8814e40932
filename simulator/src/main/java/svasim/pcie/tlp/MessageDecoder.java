package svasim.pcie.tlp;

import java.nio.ByteBuffer;

/** Reads the messages of ATS and PRI; {@code in} stands behind the first word of the header. */
record MessageDecoder(Header header, ByteBuffer in, PasidPrefix pasid) {
    DecodedTlp decode() {
        int second = in.getInt();
        int code = second & Layout.CODE_MASK;
        int route = header.type() & 7;
        boolean data = header.hasData();
        if (code == Layout.PAGE_REQUEST && route == Layout.ROUTE_TO_ROOT && !data) {
            return pageRequest(second);
        }
        if (route != Layout.ROUTE_BY_ID) {
            return unknown();
        }
        return switch (code) {
            case Layout.INVALIDATE_REQUEST -> data ? invalidateRequest(second) : unknown();
            case Layout.INVALIDATE_COMPLETION -> data ? unknown() : invalidateCompletion(second);
            case Layout.GROUP_RESPONSE -> data ? unknown() : groupResponse(second);
            default -> unknown();
        };
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
        if (header.length() * TlpSize.WORD_BYTES != Long.BYTES) {
            return MalformedTlp.LENGTH;
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

    private DecodedTlp unknown() {
        return pasid == null ? MalformedTlp.NOT_MODELLED : MalformedTlp.PREFIX_NOT_ALLOWED;
    }
}
