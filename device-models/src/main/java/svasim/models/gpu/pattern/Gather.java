package svasim.models.gpu.pattern;

import svasim.models.gpu.layout.Packet;

/** Reads the element that an index array names, and writes it. */
final class Gather extends WaveProgram {
    Gather(Packet packet, long first) {
        super(packet, first);
    }

    @Override
    Instruction at(int number, long[] loaded) {
        return switch (number) {
            case 0 -> readIndex(lane -> first + lane);
            case 1 -> readSource(lane -> Elements.named(packet, loaded[lane]));
            case 2 -> writeResult(lane -> first + lane, loaded);
            default -> null;
        };
    }
}
