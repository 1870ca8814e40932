package svasim.pcie.link;

import java.util.Optional;

/**
 * The six bytes of a data link layer packet: four of content and a CRC-16 (PCI Express Base 5.0,
 * 3.5.1).
 */
public final class DllpCodec {
    /** Content and CRC. */
    public static final int BYTES = 6;

    /** On the wire, with framing, in every generation without flits. */
    public static final int WIRE_BYTES = 8;

    private static final int CONTENT = 4;
    private static final int POLYNOMIAL_REFLECTED = 0xD008;

    private static final int ACK = 0x00;
    private static final int NAK = 0x10;
    private static final int NOP = 0x31;
    private static final int FLOW_SHIFT = 4;
    private static final int FLOWS = 3;
    private static final int STEP_MASK = 0xC0;
    private static final int CHANNEL_MASK = 7;

    private DllpCodec() {}

    public static byte[] encode(Dllp dllp) {
        int word = word(dllp);
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < CONTENT; i++) {
            bytes[i] = (byte) (word >>> Byte.SIZE * (CONTENT - 1 - i));
        }
        int crc = crc(bytes);
        bytes[CONTENT] = (byte) crc;
        bytes[CONTENT + 1] = (byte) (crc >>> Byte.SIZE);
        return bytes;
    }

    private static int word(Dllp dllp) {
        if (dllp instanceof Dllp.Ack ack) {
            return first(ACK) | ack.sequence();
        }
        if (dllp instanceof Dllp.Nak nak) {
            return first(NAK) | nak.sequence();
        }
        if (dllp instanceof Dllp.FlowControl credits) {
            int kind = credits.step().code() | credits.flow() << FLOW_SHIFT | credits.channel();
            return first(kind) | credits.headers() << 14 | credits.data();
        }
        return first(NOP);
    }

    private static int first(int code) {
        return code << 3 * Byte.SIZE;
    }

    /**
     * Reads a packet.
     *
     * @return nothing if its length or CRC is wrong, or its kind is none of those known: the
     *     receiver throws it away
     */
    public static Optional<Dllp> decode(byte[] bytes) {
        if (bytes.length != BYTES || crc(bytes) != unsigned(bytes, CONTENT + 1, CONTENT)) {
            return Optional.empty();
        }
        int code = bytes[0] & 0xFF;
        int low = (bytes[1] & 0xFF) << 16 | unsigned(bytes, 2, 3);
        return switch (code) {
            case ACK -> Optional.of(new Dllp.Ack(low & 0xFFF));
            case NAK -> Optional.of(new Dllp.Nak(low & 0xFFF));
            case NOP -> Optional.of(new Dllp.Nop());
            default -> flowControl(code, low);
        };
    }

    private static Optional<Dllp> flowControl(int code, int low) {
        int flow = code >>> FLOW_SHIFT & 3;
        for (Dllp.Step step : Dllp.Step.values()) {
            if ((code & STEP_MASK) == step.code() && flow < FLOWS && (code & 8) == 0) {
                int headers = low >>> 14 & 0xFF;
                int channel = code & CHANNEL_MASK;
                return Optional.of(new Dllp.FlowControl(step, flow, channel, headers, low & 0xFFF));
            }
        }
        return Optional.empty();
    }

    private static int unsigned(byte[] bytes, int high, int low) {
        return (bytes[high] & 0xFF) << Byte.SIZE | bytes[low] & 0xFF;
    }

    /** Of the four bytes of content, least significant bits first, inverted. */
    private static int crc(byte[] bytes) {
        int crc = 0xFFFF;
        for (int i = 0; i < CONTENT; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL_REFLECTED;
            }
        }
        return ~crc & 0xFFFF;
    }
}
