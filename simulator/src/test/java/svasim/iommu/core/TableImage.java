package svasim.iommu.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import svasim.memory.PhysicalMemory;

/** Tables as they were when they were legal; they can be spoiled word by word, and restored. */
final class TableImage {
    private static final int WORDS = 512;

    private final PhysicalMemory memory;
    private final List<Long> tables;
    private final List<long[]> contents = new ArrayList<>();

    /** Addresses of the words that are not 0. */
    private final List<Long> used = new ArrayList<>();

    TableImage(PhysicalMemory memory, List<Long> tables) {
        this.memory = memory;
        this.tables = List.copyOf(tables);
        tables.forEach(this::copy);
    }

    private void copy(long table) {
        long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            long at = table + 8L * i;
            words[i] = memory.readLong(at);
            if (words[i] != 0) {
                used.add(at);
            }
        }
        contents.add(words);
    }

    /** Makes all words legal again, which hardware may have changed too. */
    void restore() {
        for (int table = 0; table < contents.size(); table++) {
            long[] words = contents.get(table);
            for (int i = 0; i < WORDS; i++) {
                memory.writeLong(tables.get(table) + 8L * i, words[i]);
            }
        }
    }

    /** Changes up to three words, if there are any. */
    void spoil(SplittableRandom random) {
        int most = Math.min(used.size(), 3);
        for (int words = most == 0 ? 0 : 1 + random.nextInt(most); words > 0; words--) {
            boolean anywhere = random.nextInt(8) == 0;
            long at = anywhere ? anywhere(random) : one(used, random);
            memory.writeLong(at, spoiled(memory.readLong(at), random));
        }
    }

    private long anywhere(SplittableRandom random) {
        return one(tables, random) + 8L * random.nextInt(WORDS);
    }

    /** A flipped bit, the word of another place, or anything. */
    private long spoiled(long word, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> memory.readLong(one(used, random));
            case 2 -> one(tables, random) | random.nextInt(0x1000);
            default -> word ^ 1L << random.nextInt(Long.SIZE);
        };
    }

    private static long one(List<Long> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
