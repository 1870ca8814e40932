package svasim.pcie.endpoint;

import java.nio.ByteBuffer;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.TranslationEntry;

/**
 * What a Translation Request was answered with: entries for ranges that follow each other, all of
 * the size of the first one, which has the page that was asked for (PCI Express Base 5.0, 10.2.3).
 */
final class TranslationAnswer {
    /** No entry; no entry has these reserved bits. */
    static final long NO_ENTRY = -1;

    private final long start;
    private final int shift;
    private final long[] entries;

    /**
     * @param page that was asked for
     * @param data of all completions; entries behind the first of another size are not used
     */
    TranslationAnswer(long page, byte[] data) {
        ByteBuffer words = ByteBuffer.wrap(data);
        int count = data.length / Long.BYTES;
        shift = count == 0 ? 0 : TranslationEntry.shift(words.getLong(0));
        start = shift >= TranslationEntry.EVERYTHING ? 0 : page & -1L << shift;
        int same = 0;
        while (same < count && TranslationEntry.shift(words.getLong(same * Long.BYTES)) == shift) {
            same++;
        }
        entries = new long[same];
        words.asLongBuffer().get(entries);
    }

    int size() {
        return entries.length;
    }

    long entry(int index) {
        return entries[index];
    }

    /** First untranslated address of the range of an entry. */
    long address(int index) {
        return start + (index == 0 ? 0 : (long) index << shift);
    }

    /** The entry for an address, or {@link #NO_ENTRY}. */
    long entryFor(long address) {
        for (int i = 0; i < entries.length; i++) {
            if (shift >= TranslationEntry.EVERYTHING || (address ^ address(i)) >>> shift == 0) {
                return entries[i];
            }
        }
        return NO_ENTRY;
    }

    /** Whether an invalidation takes any of it away. */
    boolean isMetBy(InvalidatedRange range, PasidPrefix prefix) {
        for (int i = 0; i < entries.length; i++) {
            if (range.concerns(prefix, entries[i]) && range.meets(address(i), shift)) {
                return true;
            }
        }
        return false;
    }
}
