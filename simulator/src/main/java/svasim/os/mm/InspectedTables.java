package svasim.os.mm;

import svasim.memory.PhysicalMemory;
import svasim.paging.TableMemory;

/** Page tables that are only looked at. */
record InspectedTables(PhysicalMemory memory) implements TableMemory {
    @Override
    public long allocateTable(int level, int bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void freeTable(long address, int bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long load(long address) {
        return memory.readLong(address);
    }

    @Override
    public void store(long address, long entry) {
        throw new UnsupportedOperationException();
    }
}
