package svasim.models.dsa.operation;

import java.util.ArrayList;
import java.util.List;
import svasim.device.Words;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Status;

/**
 * Delta records: entries of ten bytes, each an offset in units of eight bytes and the eight bytes
 * that stand there.
 */
final class DeltaRecord {
    static final int ENTRY_BYTES = 10;

    private static final int WORD_BYTES = 8;
    private static final int OFFSET_BYTES = 2;

    private DeltaRecord() {}

    /** Writes down where source 2 differs from source 1. */
    static final class Create implements Computation {
        private static final int EQUAL = 0;
        private static final int DIFFERENT = 1;
        private static final int OVERFLOW = 2;

        private final Descriptor d;
        private final List<Store> entries = new ArrayList<>();
        private int result = EQUAL;
        private long size;

        Create(Descriptor d) {
            this.d = d;
        }

        @Override
        public int next(byte[] first, byte[] second, long offset, int length) {
            entries.clear();
            for (int i = 0; i < length; i += WORD_BYTES) {
                if (Words.u64(first, i) != Words.u64(second, i)) {
                    if (size + ENTRY_BYTES > d.deltaLimit()) {
                        result = OVERFLOW;
                        return i;
                    }
                    add(second, i, offset + i);
                }
            }
            return length;
        }

        private void add(byte[] second, int index, long offset) {
            byte[] entry = new byte[ENTRY_BYTES];
            Words.put(entry, 0, OFFSET_BYTES, offset / WORD_BYTES);
            System.arraycopy(second, index, entry, OFFSET_BYTES, WORD_BYTES);
            entries.add(new Store(d.deltaAddress() + size, entry, 0));
            size += ENTRY_BYTES;
            result = DIFFERENT;
        }

        @Override
        public List<Store> stores(byte[] first, long offset) {
            return List.copyOf(entries);
        }

        @Override
        public int result() {
            return result;
        }

        @Override
        public Status status() {
            boolean expected = (d.expectedResults() >>> result & 1) != 0;
            return expected || !d.has(Flags.CHECK_RESULT) ? Status.SUCCESS : Status.RESULT_MISMATCH;
        }

        /** Size of the record. */
        @Override
        public long specific() {
            return size;
        }
    }

    /** Writes the entries of a record to where they belong. */
    static final class Apply implements Computation {
        private final Descriptor d;
        private final List<Store> words = new ArrayList<>();
        private Status status = Status.SUCCESS;
        private int last = -1;

        Apply(Descriptor d) {
            this.d = d;
        }

        @Override
        public int next(byte[] first, byte[] second, long offset, int length) {
            words.clear();
            for (int i = 0; i < length; i += ENTRY_BYTES) {
                int place = Words.u16(first, i);
                status = check(place);
                if (status != Status.SUCCESS) {
                    return i;
                }
                last = place;
                byte[] word = new byte[WORD_BYTES];
                System.arraycopy(first, i + OFFSET_BYTES, word, 0, WORD_BYTES);
                words.add(new Store(d.destination() + (long) place * WORD_BYTES, word, i));
            }
            return length;
        }

        private Status check(int place) {
            if (place <= last) {
                return Status.DELTA_ORDER;
            }
            boolean inside = (long) (place + 1) * WORD_BYTES <= d.size();
            return inside ? Status.SUCCESS : Status.DELTA_OFFSET;
        }

        @Override
        public List<Store> stores(byte[] first, long offset) {
            return List.copyOf(words);
        }

        @Override
        public Status status() {
            return status;
        }
    }
}
