package svasim.cpu;

import java.util.HashMap;
import java.util.Map;
import svasim.pcie.fabric.MessageInterrupts;

/**
 * Interrupt remapping, as far as guests need it: messages of a function that belongs to one go
 * there, whatever address and data say; all others go to the machine's own interrupts. Not
 * modelled: the table that hardware looks this up in, and exits when a guest programs its messages.
 */
public final class InterruptRoutes implements MessageInterrupts {
    private final MessageInterrupts own;
    private final Map<Integer, MessageInterrupts> routes = new HashMap<>();

    public InterruptRoutes(MessageInterrupts own) {
        this.own = own;
    }

    /** Messages of the function go here from now on; null for the machine's own interrupts. */
    public void route(int requesterId, MessageInterrupts to) {
        if (to == null) {
            routes.remove(requesterId);
        } else {
            routes.put(requesterId, to);
        }
    }

    @Override
    public void message(long address, int data, long nowPs) {
        own.message(address, data, nowPs);
    }

    @Override
    public void message(int requesterId, long address, int data, long nowPs) {
        routes.getOrDefault(requesterId, own).message(address, data, nowPs);
    }
}
