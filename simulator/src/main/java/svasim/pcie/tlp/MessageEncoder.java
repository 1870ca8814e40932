package svasim.pcie.tlp;

/** Writes messages. */
record MessageEncoder(HeaderWriter out) {
    private static final int WITH_DATA = Layout.DATA | Layout.LONG | Layout.MESSAGE;
    private static final int WITHOUT_DATA = Layout.LONG | Layout.MESSAGE;

    void invalidateRequest(Tlp.InvalidateRequest request) {
        out.first(WITH_DATA | Layout.ROUTE_BY_ID, 0, Long.BYTES / TlpSize.WORD_BYTES);
        out.second(request.itag(), Layout.INVALIDATE_REQUEST);
        out.word(request.destinationId() << Layout.ID_SHIFT);
        out.word(0);
        long range =
                request.address()
                        | (request.sized() ? TranslationEntry.SIZE : 0)
                        | (request.global() ? Layout.GLOBAL : 0);
        out.word((int) (range >>> Integer.SIZE));
        out.word((int) range);
    }

    void invalidateCompletion(Tlp.InvalidateCompletion completion) {
        out.first(WITHOUT_DATA | Layout.ROUTE_BY_ID, 0, 0);
        out.second(0, Layout.INVALIDATE_COMPLETION);
        out.word(
                completion.destinationId() << Layout.ID_SHIFT
                        | completion.completionCount() & Layout.COMPLETION_COUNT_MASK);
        out.word(completion.itags());
    }

    void pageRequest(Tlp.PageRequest request) {
        out.first(WITHOUT_DATA, 0, 0);
        out.second(0, Layout.PAGE_REQUEST);
        out.word((int) (request.pageAddress() >>> Integer.SIZE));
        out.word(
                (int) request.pageAddress() & Layout.PAGE_MASK
                        | request.prgIndex() << Layout.PRG_SHIFT
                        | (request.last() ? Layout.PAGE_LAST : 0)
                        | (request.write() ? Layout.PAGE_WRITE : 0)
                        | (request.read() ? Layout.PAGE_READ : 0));
    }

    void groupResponse(Tlp.PageGroupResponse response) {
        out.first(WITHOUT_DATA | Layout.ROUTE_BY_ID, 0, 0);
        out.second(0, Layout.GROUP_RESPONSE);
        out.word(
                response.destinationId() << Layout.ID_SHIFT
                        | response.code() << Layout.RESPONSE_SHIFT
                        | response.prgIndex());
        out.word(0);
    }

    void message(Message message) {
        int words = message.data().length / TlpSize.WORD_BYTES;
        int type = words == 0 ? WITHOUT_DATA : WITH_DATA;
        out.first(type | message.route().ordinal(), 0, words);
        out.second(message.tag(), message.code());
        out.word((int) (message.body() >>> Integer.SIZE));
        out.word((int) message.body());
        out.data(0, message.data());
    }
}
