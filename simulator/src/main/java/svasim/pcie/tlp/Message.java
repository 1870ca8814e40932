package svasim.pcie.tlp;

/**
 * Msg or MsgD without a record of its own: power management, errors, interrupts of old, and what
 * vendors define.
 *
 * @param tag reserved for most messages
 * @param code eight bits; {@link #meaning} names those that are defined
 * @param body third and fourth word of the header; by ID, the destination stands in bits 63:48
 * @param data whole 32-bit words, empty for Msg
 */
public record Message(
        int requesterId,
        int tag,
        int code,
        MessageRoute route,
        long body,
        byte[] data,
        Attributes attributes)
        implements Tlp {
    private static final byte[] NO_DATA = new byte[0];
    private static final int DESTINATION_SHIFT = 48;

    /** A message that says nothing but its code, on the only route that the code has. */
    public static Message plain(int requesterId, MessageCode code) {
        for (MessageRoute route : MessageRoute.values()) {
            if (code.goes(route)) {
                return new Message(
                        requesterId, 0, code.code(), route, 0, NO_DATA, Attributes.DEFAULT);
            }
        }
        throw new IllegalArgumentException(code + " has no route");
    }

    /** What it says; null if the code is not defined. */
    public MessageCode meaning() {
        return MessageCode.of(code);
    }

    /** Whom a message that is routed by ID goes to. */
    public int destinationId() {
        return (int) (body >>> DESTINATION_SHIFT);
    }

    @Override
    public PasidPrefix pasid() {
        return null;
    }

    @Override
    public int senderId() {
        return requesterId;
    }

    @Override
    public FlowClass flowClass() {
        return FlowClass.POSTED;
    }

    @Override
    public int payloadBytes() {
        return data.length;
    }
}
