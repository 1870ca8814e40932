package svasim.pcie.link;

/**
 * A data link layer packet (PCI Express Base 5.0, 3.5): what two neighbours tell each other about
 * the link itself.
 */
public sealed interface Dllp {
    /** Everything up to this sequence number has arrived. */
    record Ack(int sequence) implements Dllp {}

    /** Everything up to this sequence number has arrived; what came after is to be sent again. */
    record Nak(int sequence) implements Dllp {}

    /** Nothing. */
    record Nop() implements Dllp {}

    /**
     * Credits of a flow class.
     *
     * @param step first or second round at start-up, or a later update
     * @param flow 0 posted, 1 non-posted, 2 completion
     * @param channel virtual channel, 0 to 7
     * @param headers field HdrFC, 8 bits
     * @param data field DataFC, 12 bits
     */
    record FlowControl(Step step, int flow, int channel, int headers, int data) implements Dllp {}

    /** When credits are told. */
    enum Step {
        INIT_1(0x40),
        INIT_2(0xC0),
        UPDATE(0x80);

        private final int code;

        Step(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
