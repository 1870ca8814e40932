package svasim.models.gpu.pattern;

import svasim.models.gpu.layout.Packet;

/** What a dispatch must leave in its destination: computed without wavefronts. */
public final class Expected {
    private final Packet packet;
    private final Array from;
    private final Array index;

    /** Elements of a buffer. */
    @FunctionalInterface
    public interface Array {
        long get(long element);
    }

    public Expected(Packet packet, Array from, Array index) {
        this.packet = packet;
        this.from = from;
        this.index = index;
    }

    /** The element of the destination. */
    public long at(long element) {
        return switch (packet.kernel()) {
            case STREAM, STRIDED, TRANSPOSE -> from.get(Elements.source(packet, element)) + 1;
            case GATHER -> from.get(Elements.named(packet, index.get(element)));
            case CHASE -> chased(element);
            case GRAPH -> sum(element);
        };
    }

    private long chased(long start) {
        long word = from.get(start);
        for (int hop = 1; hop < packet.parameter(); hop++) {
            word = from.get(Elements.named(packet, word));
        }
        return word;
    }

    private long sum(long node) {
        long sum = 0;
        for (int neighbour = 0; neighbour < packet.parameter(); neighbour++) {
            long number = index.get(node * packet.parameter() + neighbour);
            sum += from.get(Elements.named(packet, number));
        }
        return sum;
    }
}
