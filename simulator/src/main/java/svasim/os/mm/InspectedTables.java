package svasim.os.mm;

import svasim.cpu.Cores;
import svasim.paging.TableMemory;

/** Page tables that are only looked at, as software sees them. */
public record InspectedTables(Cores cores) implements TableMemory {
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
        return cores.latest(address);
    }

    @Override
    public void store(long address, long entry) {
        throw new UnsupportedOperationException();
    }
}
