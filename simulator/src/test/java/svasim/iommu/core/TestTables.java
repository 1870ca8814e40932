package svasim.iommu.core;

import java.util.List;
import java.util.stream.LongStream;
import svasim.memory.PhysicalMemory;
import svasim.paging.StageFormat;
import svasim.paging.TableMemory;

/** Page tables of tests, one behind the other in memory. */
public final class TestTables implements TableMemory {
    private static final long FIRST = 0x1000_0000;

    private final PhysicalMemory memory;
    private long next = FIRST;

    public TestTables(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** Tables of 4 KiB that were allocated so far. */
    public List<Long> allocated() {
        return pages(FIRST, next);
    }

    /** Addresses of pages of 4 KiB. */
    public static List<Long> pages(long first, long end) {
        return LongStream.iterate(first, at -> at < end, at -> at + 0x1000).boxed().toList();
    }

    @Override
    public long allocateTable(int level, int bytes) {
        next = next + bytes - 1 & -(long) bytes;
        long table = next;
        next += bytes;
        return table;
    }

    @Override
    public void freeTable(long address, int bytes) {
        for (long at = address; at < address + bytes; at += Long.BYTES) {
            memory.writeLong(at, StageFormat.EMPTY);
        }
    }

    @Override
    public long load(long address) {
        return memory.readLong(address);
    }

    @Override
    public void store(long address, long entry) {
        memory.writeLong(address, entry);
    }
}
