package svasim.iommu.core;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import svasim.memory.TaggedCache;

/**
 * A cache of entries of tables, for people who look at it.
 *
 * @param columns what is told of the entries
 * @param cells what it is for the entry of a slot
 */
public record CacheView(String title, TaggedCache cache, List<String> columns, Cells cells) {
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int SIZE_SHIFT = 10;

    /** The cells of a row. */
    public interface Cells {
        List<String> of(long tag, long address, int shift);
    }

    /** Of entries that belong to one function. */
    public static CacheView ofFunctions(String title, TaggedCache cache, Cells function) {
        return new CacheView(title, cache, List.of("function"), function);
    }

    /** Of entries that belong to a PASID of a function. */
    public static CacheView ofPasids(String title, TaggedCache cache, Cells cells) {
        return new CacheView(title, cache, List.of("function", "PASID"), cells);
    }

    /**
     * Of entries of page tables.
     *
     * @param tag names of what the tag consists of
     * @param cells values of that
     */
    public static CacheView ofTables(
            String title, TaggedCache cache, List<String> tag, Cells cells) {
        return new CacheView(
                title,
                cache,
                concatenated(tag, List.of("input address", "size")),
                (t, address, shift) ->
                        concatenated(
                                cells.of(t, address, shift),
                                List.of("0x" + Long.toHexString(address), size(shift))));
    }

    /** Cells of the row of a slot; empty if it holds nothing. */
    public List<String> row(int slot) {
        return cache.holds(slot)
                ? cells.of(cache.tag(slot), cache.base(slot), cache.shift(slot))
                : List.of();
    }

    /** A requester ID as bus, device and function. */
    public static String function(long requesterId) {
        return String.format(
                Locale.ROOT,
                "%02x:%02x.%x",
                requesterId >>> 8 & 0xFF,
                requesterId >>> 3 & 0x1F,
                requesterId & 7);
    }

    /** Of 2^shift bytes. */
    public static String size(int shift) {
        return shift >= TaggedCache.EVERYTHING
                ? "all"
                : (1 << shift % SIZE_SHIFT) + " " + SIZES[shift / SIZE_SHIFT];
    }

    private static List<String> concatenated(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
