package svasim.models.gpu.pattern;

import svasim.models.gpu.layout.Packet;

/**
 * Adds the values of a node's neighbours, whose numbers stand one after the other in the index
 * array: for each neighbour its number is read, then its value.
 */
final class Graph extends WaveProgram {
    private final long[] sums;

    Graph(Packet packet, long first) {
        super(packet, first);
        sums = new long[lanes];
    }

    @Override
    Instruction at(int number, long[] loaded) {
        int neighbour = number / 2;
        boolean readsNumber = number % 2 == 0;
        if (readsNumber && number > 0) {
            add(loaded);
        }
        if (neighbour == packet.parameter()) {
            return readsNumber ? writeResult(lane -> first + lane, sums) : null;
        }
        return readsNumber
                ? readIndex(lane -> (first + lane) * packet.parameter() + neighbour)
                : readSource(lane -> Elements.named(packet, loaded[lane]));
    }

    @Override
    long[] own() {
        return sums;
    }

    private void add(long[] values) {
        for (int lane = 0; lane < lanes; lane++) {
            sums[lane] += values[lane];
        }
    }
}
