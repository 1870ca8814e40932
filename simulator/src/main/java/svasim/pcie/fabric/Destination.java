package svasim.pcie.fabric;

import svasim.pcie.tlp.Message;
import svasim.pcie.tlp.MessageRoute;
import svasim.pcie.tlp.Tlp;

/** What bridges route a packet by: an ID, an address, or neither. */
final class Destination {
    /** The packet is not routed by ID. */
    static final int NONE = -1;

    private Destination() {}

    /** Requester ID that it goes to, or {@link #NONE}. */
    static int requesterId(Tlp tlp) {
        if (tlp instanceof Tlp.Completion completion) {
            return completion.requesterId();
        }
        if (tlp instanceof Tlp.RoutedById routed) {
            return routed.destinationId();
        }
        boolean byId = tlp instanceof Message message && message.route() == MessageRoute.BY_ID;
        return byId ? ((Message) tlp).destinationId() : NONE;
    }

    /** Whether it is routed by address; a Translation Request is a read like any other here. */
    static boolean hasAddress(Tlp tlp) {
        return tlp instanceof Tlp.MemoryRequest || tlp instanceof Tlp.TranslationRequest;
    }

    /** The address of a packet that {@linkplain #hasAddress has one}. */
    static long address(Tlp tlp) {
        return tlp instanceof Tlp.TranslationRequest request
                ? request.address()
                : ((Tlp.MemoryRequest) tlp).address();
    }
}
