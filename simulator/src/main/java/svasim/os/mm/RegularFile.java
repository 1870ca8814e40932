package svasim.os.mm;

import java.util.Map;
import java.util.TreeMap;
import svasim.os.reference.Counter;
import svasim.os.reference.Node;
import svasim.trace.Kind;

/**
 * A file with contents: its page cache, and the storage that keeps what is not cached. Memory that
 * processes share is a file too, without a name and without storage (shmem).
 */
public final class RegularFile implements Backing {
    private final String name;
    private final Node node;
    private final Counter references;
    private final long readPs;
    private final Map<Long, Page> cache = new TreeMap<>();
    private final Map<Long, byte[]> storage = new TreeMap<>();

    RegularFile(String name, long readPs, Memory memory, int number) {
        this.name = name;
        this.node = memory.platform().references().node(name);
        this.readPs = readPs;
        var trace = memory.platform().trace();
        this.references =
                new Counter(trace, Kind.FILE_REFERENCE, trace.lane("files"), -number, "i_count");
    }

    public String name() {
        return name;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void get(String holder) {
        references.get(holder);
    }

    /** The file and its contents stay: it has a name. */
    @Override
    public void put(String holder) {
        references.put(holder);
    }

    /** How often it is mapped. */
    public int referenceCount() {
        return references.value();
    }

    /** Time to read a page that is not cached; 0 without storage. */
    long readPs() {
        return readPs;
    }

    /** The cached page that holds an offset, or null. */
    Page cached(long offset) {
        return cache.get(offset / PageTables.PAGE);
    }

    /** Pages in the cache. */
    int cachedPages() {
        return cache.size();
    }

    /** Takes a page into the cache, which takes over a reference of the caller. */
    void cache(long offset, Page page) {
        long index = offset / PageTables.PAGE;
        cache.put(index, page);
        page.cachedBy(this, index);
    }

    /** The page that takes another one's place in the cache. */
    void replace(Page old, Page fresh) {
        cache.put(old.index(), fresh);
        fresh.cachedBy(this, old.index());
        old.cachedBy(null, 0);
    }

    /** Gives a page up; the cache's reference is the caller's. */
    void evict(Page page, byte[] contents) {
        storage.put(page.index(), contents);
        cache.remove(page.index());
        page.cachedBy(null, 0);
    }

    /** What storage has at an offset; null if that was never written. */
    byte[] stored(long offset) {
        return storage.get(offset / PageTables.PAGE);
    }

    @Override
    public String toString() {
        return name;
    }
}
