package svasim.models.dsa.operation;

import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;

/** The computations of all operations. */
public final class Computations {
    private Computations() {}

    /** The computation that carries out a descriptor. */
    public static Computation of(Opcode opcode, Descriptor descriptor) {
        return switch (opcode) {
            case NO_OP, DRAIN, MEMORY_MOVE, DUALCAST -> new Copy();
            case FILL -> new Fill(descriptor.source());
            case COMPARE -> new Compare(descriptor);
            case COMPARE_PATTERN -> new ComparePattern(descriptor);
            case CRC_GENERATION, COPY_WITH_CRC -> new Checksum(descriptor);
        };
    }

    /** Destinations receive what was read. */
    private static final class Copy implements Computation {
        @Override
        public int next(byte[] first, byte[] second, long offset, int length) {
            return length;
        }
    }

    /** Repeats eight bytes from the start of the destination on. */
    private record Fill(long pattern) implements Computation {
        @Override
        public int next(byte[] first, byte[] second, long offset, int length) {
            for (int i = 0; i < length; i++) {
                first[i] = patternByte(pattern, offset + i);
            }
            return length;
        }
    }

    /** Looks for the first difference. */
    private abstract static class Comparison implements Computation {
        private final boolean check;
        private final int expected;
        private int result;

        Comparison(Descriptor descriptor) {
            check = descriptor.has(Flags.CHECK_RESULT);
            expected = descriptor.expectedResult();
        }

        /** The byte that source 1 is held against. */
        abstract byte other(byte[] second, long offset, int index);

        @Override
        public final int next(byte[] first, byte[] second, long offset, int length) {
            for (int i = 0; i < length; i++) {
                if (first[i] != other(second, offset, i)) {
                    result = 1;
                    return i;
                }
            }
            return length;
        }

        @Override
        public final int result() {
            return result;
        }

        @Override
        public final boolean asExpected() {
            return !check || result == expected;
        }
    }

    private static final class Compare extends Comparison {
        Compare(Descriptor descriptor) {
            super(descriptor);
        }

        @Override
        byte other(byte[] second, long offset, int index) {
            return second[index];
        }
    }

    private static final class ComparePattern extends Comparison {
        private final long pattern;

        ComparePattern(Descriptor descriptor) {
            super(descriptor);
            pattern = descriptor.destination();
        }

        @Override
        byte other(byte[] second, long offset, int index) {
            return patternByte(pattern, offset + index);
        }
    }

    /** CRC over the bytes that pass. */
    private static final class Checksum implements Computation {
        private final Crc32c crc;

        Checksum(Descriptor descriptor) {
            crc =
                    new Crc32c(
                            descriptor.crcSeed(),
                            descriptor.has(Flags.CRC_BYPASS_INVERSION),
                            descriptor.has(Flags.CRC_BYPASS_DATA_REFLECTION));
        }

        @Override
        public int next(byte[] first, byte[] second, long offset, int length) {
            crc.update(first, length);
            return length;
        }

        @Override
        public long specific() {
            return crc.value() & 0xffff_ffffL;
        }
    }

    private static byte patternByte(long pattern, long offset) {
        return (byte) (pattern >>> (offset & 7) * Byte.SIZE);
    }
}
