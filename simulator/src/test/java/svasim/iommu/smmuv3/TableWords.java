package svasim.iommu.smmuv3;

import java.util.Arrays;

/** Words of a structure in memory, of which tests change single fields. */
record TableWords(long... words) {
    /** The same with bits {@code high} down to {@code low} of a word replaced. */
    TableWords with(int word, int high, int low, long value) {
        long mask = (-1L >>> 63 - (high - low)) << low;
        long[] changed = Arrays.copyOf(words, words.length);
        changed[word] = changed[word] & ~mask | value << low & mask;
        return new TableWords(changed);
    }

    /** The same with one bit replaced. */
    TableWords bit(int word, int position, boolean value) {
        return with(word, position, position, value ? 1 : 0);
    }

    StreamTableEntry entry() {
        return new StreamTableEntry(words[0], words[1], words[2], words[3]);
    }

    ContextDescriptor context() {
        return new ContextDescriptor(words[0], words[1], words[2], words[3]);
    }

    /** A legal entry for stage 1; substreams by 2^{@code contexts} descriptors at the address. */
    static TableWords stage1(long contextTable, int contexts) {
        return new TableWords(0, 0, 0, 0)
                .bit(0, 0, true)
                .with(0, 3, 1, StreamTableEntry.STAGE_1)
                .with(0, 63, 59, contexts)
                .with(1, 1, 0, StreamTableEntry.USE_SUBSTREAM_0)
                .with(1, 29, 28, StreamTableEntry.ATS_FULL)
                .with(2, 15, 0, SmmuUnderTest.VMID)
                .with(0, 55, 6, contextTable >>> 6);
    }

    /** A legal entry for stage 2 of 4 KiB tables from level 1 and 39 bits of input. */
    static TableWords stage2(long table) {
        return new TableWords(0, 0, 0, 0)
                .bit(0, 0, true)
                .with(0, 3, 1, StreamTableEntry.STAGE_2)
                .with(1, 29, 28, StreamTableEntry.ATS_FULL)
                .with(2, 15, 0, SmmuUnderTest.VMID)
                .with(2, 37, 32, 25)
                .with(2, 39, 38, 1)
                .with(2, 50, 48, 5)
                .bit(2, 51, true)
                .bit(2, 58, true)
                .with(3, 51, 4, table >>> 4);
    }

    /** Both stages: contexts lie at intermediate addresses. */
    static TableWords nested(long contextTable, int contexts, long table) {
        TableWords second = stage2(table);
        TableWords first = stage1(contextTable, contexts);
        return new TableWords(
                        first.words[0] | second.words[0],
                        first.words[1],
                        second.words[2],
                        second.words[3])
                .with(0, 3, 1, StreamTableEntry.NESTED);
    }

    /** No stage at all. */
    static TableWords bypass() {
        return new TableWords(0, 0, 0, 0).bit(0, 0, true).with(0, 3, 1, StreamTableEntry.BYPASS);
    }

    /** A legal descriptor for 4 KiB tables of 48 bits of input, in the low half only. */
    static TableWords context(long table, int asid) {
        return new TableWords(0, 0, 0, 0)
                .with(0, 5, 0, 16)
                .bit(0, 30, true)
                .bit(0, 31, true)
                .with(0, 34, 32, 5)
                .bit(0, 41, true)
                .bit(0, 45, true)
                .bit(0, 46, true)
                .with(0, 63, 48, asid)
                .with(1, 51, 4, table >>> 4);
    }

    /** The same context with tables of the high half, of 4 KiB and 48 bits too. */
    TableWords highHalf(long table) {
        return bit(0, 30, false).with(0, 21, 16, 16).with(0, 23, 22, 2).with(2, 51, 4, table >>> 4);
    }
}
