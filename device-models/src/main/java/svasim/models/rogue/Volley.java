package svasim.models.rogue;

import java.util.Arrays;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Many packets at once, sent past the function's own DMA engine and without an answer. */
final class Volley {
    private static final int GROUPS = 512;
    private static final int TAGS = 256;
    private static final int ITAGS = 32;

    private final RawPort port;
    private final Order order;

    Volley(RawPort port, Order order) {
        this.port = port;
        this.order = order;
    }

    /** A page request group each, for one page of so many after the other. */
    void pageRequests(long pages) {
        PasidPrefix prefix = new PasidPrefix(order.pasid());
        long first = order.buffer() & -Page.BYTES;
        for (int i = 0; i < order.count(); i++) {
            long address = first + i % pages * Page.BYTES;
            port.send(
                    new Tlp.PageRequest(
                            order.requester(), address, i % GROUPS, true, true, true, prefix));
        }
    }

    /** Answers to requests of somebody else, with every tag. */
    void completions(byte[] payload) {
        byte[] piece = Arrays.copyOf(payload, Page.PIECE);
        StrayPackets packets = new StrayPackets(port.requesterId(), order.buffer());
        for (int i = 0; i < order.count(); i++) {
            port.send(packets.completion(order.requester(), i % TAGS, piece));
        }
    }

    /** Says in the name of somebody else that its cache is clean, with every ITag. */
    void invalidateCompletions() {
        StrayPackets packets = new StrayPackets(order.requester(), order.buffer());
        for (int i = 0; i < order.count(); i++) {
            port.send(packets.invalidationCompleted(port.hostId(), i % ITAGS));
        }
    }

    /** One of each kind of packet that nobody waits for. */
    void strayPackets() {
        for (int i = 0; i < order.count(); i++) {
            new StrayPackets(order.requester(), order.buffer()).all().forEach(port::send);
        }
    }
}
