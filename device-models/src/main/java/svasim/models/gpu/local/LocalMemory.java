package svasim.models.gpu.local;

import java.util.HashMap;
import java.util.Map;
import svasim.models.gpu.config.LocalMemoryConfig;

/** Bytes of the local memory, and when an access to them ends. */
public final class LocalMemory {
    private static final int PAGE = 4096;

    /** Bytes that an access moves at least: a sector of a line. */
    private static final int SECTOR = 32;

    private final LocalMemoryConfig config;
    private final Map<Long, byte[]> pages = new HashMap<>();
    private long freePs;

    public LocalMemory(LocalMemoryConfig config) {
        this.config = config;
    }

    /** End of an access that begins now, or as soon as those before it let it. */
    long accessPs(long nowPs, int bytes) {
        long startPs = Math.max(nowPs, freePs);
        freePs = startPs + config.bandwidth().transferPs(Math.max(bytes, SECTOR));
        return freePs + config.latency().value();
    }

    /** Time of a walk of the device's tables, which lie in this memory, too. */
    long walkPs() {
        return 4 * config.latency().value();
    }

    /** Copies bytes out; what lies behind the end reads as ones. */
    public void read(long offset, byte[] into, int at, int bytes) {
        for (int done = 0; done < bytes; done++) {
            long place = offset + done;
            byte[] page = pages.get(place / PAGE);
            boolean inside = place >= 0 && place < config.size().bytes();
            byte stored = page == null ? 0 : page[(int) (place % PAGE)];
            into[at + done] = inside ? stored : -1;
        }
    }

    /** Copies bytes in; what lies behind the end is dropped. */
    public void write(long offset, byte[] from, int at, int bytes) {
        for (int done = 0; done < bytes; done++) {
            long place = offset + done;
            if (place >= 0 && place < config.size().bytes()) {
                byte[] page = pages.computeIfAbsent(place / PAGE, number -> new byte[PAGE]);
                page[(int) (place % PAGE)] = from[at + done];
            }
        }
    }

    /** A reset: contents are gone. */
    void reset() {
        pages.clear();
        freePs = 0;
    }
}
