package svasim.os.iommu;

import java.util.List;

/**
 * Where a guest says that its own table of PASIDs lies: the words of its stream table entry or
 * device table entry, as they are in its memory. The driver takes from them what a guest may say,
 * and checks it.
 */
public record GuestTables(List<Long> words) {
    public GuestTables {
        words = List.copyOf(words);
    }

    /** A word; 0 where the guest's entry has no more. */
    public long word(int index) {
        return index < words.size() ? words.get(index) : 0;
    }
}
