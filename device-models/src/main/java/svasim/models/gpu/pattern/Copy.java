package svasim.models.gpu.pattern;

import svasim.models.gpu.config.GpuWork;
import svasim.models.gpu.layout.Packet;

/**
 * Reads an element and writes it, plus one. A transposition reads rows and writes columns; the
 * others write elements that follow each other.
 */
final class Copy extends WaveProgram {
    Copy(Packet packet, long first) {
        super(packet, first);
    }

    @Override
    Instruction at(int number, long[] loaded) {
        return switch (number) {
            case 0 -> readSource(this::read);
            case 1 -> writeResult(this::written, plusOne(loaded));
            default -> null;
        };
    }

    private long read(int lane) {
        return isTransposition() ? first + lane : Elements.source(packet, first + lane);
    }

    private long written(int lane) {
        return isTransposition() ? Elements.source(packet, first + lane) : first + lane;
    }

    private boolean isTransposition() {
        return packet.kernel() == GpuWork.Kernel.TRANSPOSE;
    }

    private static long[] plusOne(long[] values) {
        long[] sums = values.clone();
        for (int lane = 0; lane < sums.length; lane++) {
            sums[lane]++;
        }
        return sums;
    }
}
