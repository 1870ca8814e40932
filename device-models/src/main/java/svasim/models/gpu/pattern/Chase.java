package svasim.models.gpu.pattern;

import svasim.models.gpu.layout.Packet;

/** Follows a chain of elements, and writes the word at its end. */
final class Chase extends WaveProgram {
    Chase(Packet packet, long first) {
        super(packet, first);
    }

    @Override
    Instruction at(int number, long[] loaded) {
        if (number == 0) {
            return readSource(lane -> first + lane);
        }
        if (number < packet.parameter()) {
            return readSource(lane -> Elements.named(packet, loaded[lane]));
        }
        return number == packet.parameter() ? writeResult(lane -> first + lane, loaded) : null;
    }
}
