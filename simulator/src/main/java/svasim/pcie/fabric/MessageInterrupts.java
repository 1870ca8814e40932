package svasim.pcie.fabric;

/** Takes message-signalled interrupts: writes of devices and IOMMUs to the interrupt range. */
@FunctionalInterface
public interface MessageInterrupts {
    /**
     * @param address of the message, as programmed by software
     * @param data low 32 bits of the message
     */
    void message(long address, int data, long nowPs);

    /** The same of a function, for who treats some of them differently. */
    default void message(int requesterId, long address, int data, long nowPs) {
        message(address, data, nowPs);
    }
}
