package svasim.iommu.core;

import svasim.memory.PhysicalMemory;
import svasim.paging.StageFormat;
import svasim.paging.TableMemory;

/** Page tables of tests, one behind the other in memory. */
public final class TestTables implements TableMemory {
    private final PhysicalMemory memory;
    private long next = 0x1000_0000;

    public TestTables(PhysicalMemory memory) {
        this.memory = memory;
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
