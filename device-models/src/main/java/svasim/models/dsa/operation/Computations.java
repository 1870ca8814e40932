package svasim.models.dsa.operation;

import java.util.ArrayList;
import java.util.List;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;

/** The computations of all operations. */
public final class Computations {
    private Computations() {}

    /** The computation that carries out a descriptor. */
    public static Computation of(Opcode opcode, Descriptor descriptor) {
        long[] destinations = Operands.of(opcode, descriptor).destinations();
        return switch (opcode) {
            case NO_OP, DRAIN, BATCH, CACHE_FLUSH, TRANSLATION_FETCH -> new Nothing();
            case MEMORY_MOVE, DUALCAST -> new Copy(destinations);
            case FILL -> new Fill(destinations, descriptor);
            case COMPARE -> new Compare(descriptor);
            case COMPARE_PATTERN -> new ComparePattern(descriptor);
            case CRC_GENERATION, COPY_WITH_CRC -> new Checksum(destinations, descriptor);
            case CREATE_DELTA -> new DeltaRecord.Create(descriptor);
            case APPLY_DELTA -> new DeltaRecord.Apply(descriptor);
            case DIF_CHECK, DIF_INSERT, DIF_STRIP, DIF_UPDATE, DIX_GENERATE ->
                    new Dif(opcode, descriptor);
        };
    }

    /** Only the translation of the addresses counts. */
    private record Nothing() implements Computation {
        @Override
        public int next(byte[] first, byte[] second, long offset, int length) {
            return length;
        }
    }

    /** Each destination receives what has passed, at the place where it was read. */
    private abstract static class Passing implements Computation {
        private final long[] destinations;

        Passing(long[] destinations) {
            this.destinations = destinations;
        }

        @Override
        public final List<Store> stores(byte[] first, long offset) {
            List<Store> stores = new ArrayList<>(destinations.length);
            for (long destination : destinations) {
                stores.add(new Store(destination + offset, first, 0));
            }
            return stores;
        }
    }

    private static final class Copy extends Passing {
        Copy(long[] destinations) {
            super(destinations);
        }

        @Override
        public int next(byte[] first, byte[] second, long offset, int length) {
            return length;
        }
    }

    /** Repeats 8 or 16 bytes from the start of the destination on. */
    private static final class Fill extends Passing {
        private final long low;
        private final long high;

        Fill(long[] destinations, Descriptor d) {
            super(destinations);
            low = d.source();
            high = d.has(Flags.FILL_16_BYTES) ? d.patternHigh() : low;
        }

        @Override
        public int next(byte[] first, byte[] second, long offset, int length) {
            for (int i = 0; i < length; i++) {
                boolean upper = (offset + i & 8) != 0;
                first[i] = patternByte(upper ? high : low, offset + i);
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
        public final Status status() {
            return !check || result == expected ? Status.SUCCESS : Status.RESULT_MISMATCH;
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
    private static final class Checksum extends Passing {
        private final Descriptor d;
        private Crc32c crc;

        Checksum(long[] destinations, Descriptor d) {
            super(destinations);
            this.d = d;
            seed(d.crcSeed());
        }

        @Override
        public boolean hasSeed() {
            return true;
        }

        @Override
        public void seed(int value) {
            crc =
                    new Crc32c(
                            value,
                            d.has(Flags.CRC_BYPASS_INVERSION),
                            d.has(Flags.CRC_BYPASS_DATA_REFLECTION));
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
