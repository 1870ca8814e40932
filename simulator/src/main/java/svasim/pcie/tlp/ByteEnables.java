package svasim.pcie.tlp;

/** Which bytes of its first and last 32-bit word a request means. */
record ByteEnables(int words, int first, int last) {
    private static final int ALL = 0xF;

    /**
     * @param words length of the request
     * @param second second word of the header
     */
    ByteEnables(int words, int second) {
        this(
                words,
                second & Layout.ENABLES_MASK,
                second >>> Layout.LAST_ENABLES_SHIFT & Layout.ENABLES_MASK);
    }

    /** Why the request is not taken; null if it is. */
    MalformedTlp problem() {
        if (words == 1) {
            return last != 0 ? MalformedTlp.BYTE_ENABLES : oneWordProblem();
        }
        if (first == 0 || last == 0) {
            return MalformedTlp.BYTE_ENABLES;
        }
        boolean contiguous = first == (ALL << offset() & ALL) && Integer.bitCount(last + 1) == 1;
        if (contiguous) {
            return null;
        }
        return words == 2 ? MalformedTlp.NOT_MODELLED : MalformedTlp.BYTE_ENABLES;
    }

    /** Bytes of the first word that are left out. */
    int offset() {
        return first == 0 ? 0 : Integer.numberOfTrailingZeros(first);
    }

    int bytes() {
        if (words == 1) {
            return Integer.bitCount(first);
        }
        return words * TlpSize.WORD_BYTES
                - offset()
                - (TlpSize.WORD_BYTES - Integer.bitCount(last));
    }

    /** Legal, but there is no record for bytes with gaps. */
    private MalformedTlp oneWordProblem() {
        int run = first >>> offset();
        return (run & run + 1) == 0 ? null : MalformedTlp.NOT_MODELLED;
    }
}
