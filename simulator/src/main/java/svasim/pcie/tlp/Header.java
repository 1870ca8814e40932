package svasim.pcie.tlp;

/** First 32-bit word of a header. */
record Header(int word) {
    private static final int FORMAT_SHIFT = 24;
    private static final AddressType[] ADDRESS_TYPES = AddressType.values();

    /** Fmt 101, 110 or 111. */
    boolean undefinedFormat() {
        return word < 0;
    }

    boolean isLong() {
        return (word >>> FORMAT_SHIFT & Layout.LONG) != 0;
    }

    boolean hasData() {
        return (word >>> FORMAT_SHIFT & Layout.DATA) != 0;
    }

    int type() {
        return word >>> FORMAT_SHIFT & Layout.TYPE_MASK;
    }

    /** Length of the header. */
    int bytes() {
        return isLong() ? TlpSize.LONG_HEADER_BYTES : TlpSize.SHORT_HEADER_BYTES;
    }

    /** 1 to 1024 words; without meaning for messages and completions without data. */
    int length() {
        int length = word & Layout.LENGTH_MASK;
        return length == 0 ? Layout.MAX_LENGTH : length;
    }

    boolean hasDigest() {
        return (word & Layout.DIGEST) != 0;
    }

    boolean poisoned() {
        return (word & Layout.POISONED) != 0;
    }

    AddressType addressType() {
        return ADDRESS_TYPES[word >>> Layout.ADDRESS_TYPE_SHIFT & Layout.ADDRESS_TYPE_MASK];
    }

    /** Ten bits of tag: the low eight given, the others from here. */
    int tag(int low) {
        int high =
                ((word & Layout.TAG_9) != 0 ? 1 << 9 : 0)
                        | ((word & Layout.TAG_8) != 0 ? 1 << 8 : 0);
        return high | low & Layout.TAG_MASK;
    }

    Attributes attributes() {
        return new Attributes(
                word >>> Layout.CLASS_SHIFT & Layout.CLASS_MASK,
                (word & Layout.ID_ORDERING) != 0,
                (word & Layout.RELAXED_ORDERING) != 0,
                (word & Layout.NO_SNOOP) != 0,
                poisoned());
    }
}
