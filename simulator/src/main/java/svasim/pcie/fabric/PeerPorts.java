package svasim.pcie.fabric;

import java.util.List;

/** The ports of a root complex as its other ports see them: who is behind which. */
final class PeerPorts {
    private final RootComplexConfig config;
    private final List<RootPort> ports;

    PeerPorts(RootComplexConfig config, List<RootPort> ports) {
        this.config = config;
        this.ports = ports;
    }

    /** Device number of the port that is made next. */
    int next() {
        return ports.size() + 1;
    }

    /** Requester ID that the root complex answers with. */
    int completerId() {
        return config.agentId();
    }

    /** The port that packets to an address go down; null if there is none, or no way to it. */
    RootPort claiming(long address) {
        if (!config.peerToPeer()) {
            return null;
        }
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).leadsToAddress(address)) {
                return ports.get(i);
            }
        }
        return null;
    }

    /** The port that packets to a requester ID go down; null if there is none. */
    RootPort leadingTo(int requesterId) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).leadsToId(requesterId)) {
                return ports.get(i);
            }
        }
        return null;
    }

    /** The port that an answer for a peer goes down; null if there is none, or no way to it. */
    RootPort answering(int requesterId) {
        return config.peerToPeer() ? leadingTo(requesterId) : null;
    }

    /** Number of a port in egress control vectors. */
    int number(RootPort port) {
        return ports.indexOf(port);
    }
}
