package svasim.pcie.link;

/**
 * The bandwidth model that was published with pcie-bench (SIGCOMM 2018), in Gb/s of payload: rates
 * less what acknowledgements, credit updates and skip ordered sets take, shared between payload and
 * headers.
 */
record PublishedBandwidth(Setting setting, double rate) {
    private static final double[] TRANSFERS = {2.5, 5, 8, 16, 32};
    private static final double DLLPS = 16;
    private static final double SKIP = 4.0 / 1538;
    private static final int COMPLETION_HEADER = 20;

    /**
     * A link and what is sent over it.
     *
     * @param requestHeader bytes of a request on the wire without payload
     * @param piece largest payload of a completion, in bytes
     */
    record Setting(
            int generation,
            int lanes,
            int maxPayload,
            int maxReadRequest,
            int requestHeader,
            int piece) {
        double raw() {
            double code = generation <= 2 ? 0.8 : 128.0 / 130;
            return TRANSFERS[generation - 1] * code * lanes;
        }

        double ackLimit() {
            return DataLinkTimes.ackLimitSymbols(generation, lanes, maxPayload);
        }
    }

    /** As published: data link packets are counted once for each lane. */
    static PublishedBandwidth of(Setting setting) {
        double share = 1 - DLLPS / setting.ackLimit() - SKIP;
        return new PublishedBandwidth(setting, setting.raw() * share);
    }

    /** With data link packets spread over all lanes, as they are. */
    static PublishedBandwidth corrected(Setting setting) {
        double share = 1 - DLLPS / (setting.ackLimit() * setting.lanes()) - SKIP;
        return new PublishedBandwidth(setting, setting.raw() * share);
    }

    double write(int bytes) {
        return bytes / (double) writeBytes(bytes) * rate;
    }

    double read(int bytes) {
        return bytes / (double) Math.max(completionBytes(bytes), requestBytes(bytes)) * rate;
    }

    double both(int bytes) {
        int up = writeBytes(bytes) + requestBytes(bytes);
        return bytes / (double) Math.max(up, completionBytes(bytes)) * rate;
    }

    private int writeBytes(int bytes) {
        return pieces(bytes, setting.maxPayload()) * setting.requestHeader() + bytes;
    }

    private int requestBytes(int bytes) {
        return pieces(bytes, setting.maxReadRequest()) * setting.requestHeader();
    }

    private int completionBytes(int bytes) {
        return pieces(bytes, setting.piece()) * COMPLETION_HEADER + bytes;
    }

    static int pieces(int bytes, int most) {
        return (bytes + most - 1) / most;
    }
}
