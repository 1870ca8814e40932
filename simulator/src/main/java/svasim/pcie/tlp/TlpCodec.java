package svasim.pcie.tlp;

/**
 * Turns packets into the bytes of a TLP, prefixes first, and back; framing and LCRC are not here.
 */
public final class TlpCodec {
    /** Largest Max_Payload_Size, in bytes. */
    public static final int MAX_PAYLOAD = 4096;

    private TlpCodec() {}

    public static byte[] encode(Tlp tlp) {
        return new Encoder(tlp).bytes();
    }

    /**
     * Reads one packet; any bytes get an answer. A digest is skipped, prefixes other than PASID are
     * checked for their order only.
     *
     * @param maxPayload Max_Payload_Size of the receiver, in bytes
     */
    public static DecodedTlp decode(byte[] bytes, int maxPayload) {
        return new Decoder(bytes, maxPayload).decode();
    }

    /** As {@link #decode(byte[], int)} with the largest payload. */
    public static DecodedTlp decode(byte[] bytes) {
        return decode(bytes, MAX_PAYLOAD);
    }
}
