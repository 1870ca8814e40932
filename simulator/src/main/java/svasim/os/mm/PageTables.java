package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.task.Platform;
import svasim.paging.Access;

/** The x86-64 page tables of an address space, four levels in real frames. */
public final class PageTables {
    /** Stands for "no page" where a physical address is given. */
    public static final long ABSENT = -1L;

    /** Bytes of a page. */
    public static final long PAGE = 4096;

    private static final int LEVELS = 4;
    private static final int PAGE_SHIFT = 12;
    private static final int INDEX_BITS = 9;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final long PRESENT = 1;
    private static final long WRITABLE = 1 << 1;
    private static final long USER = 1 << 2;
    private static final long ACCESSED = 1 << 5;
    private static final long DIRTY = 1 << 6;
    private static final long NO_EXECUTE = 1L << 63;
    private static final long ADDRESS = 0x000F_FFFF_FFFF_F000L;

    private final int owner;
    private final Platform platform;
    private final PhysicalMemory memory;
    private final long root;

    /** Is shown a page that was unmapped. */
    @FunctionalInterface
    interface Unmapped {
        void page(long va, long frame);
    }

    PageTables(int owner, Platform platform) {
        this.owner = owner;
        this.platform = platform;
        this.memory = platform.memory();
        this.root = platform.frames().allocate(FrameUse.PAGE_TABLE, owner);
    }

    long root() {
        return root;
    }

    /** Maps one page, with tables as needed. */
    void map(Cpu cpu, long va, long frame, int access) {
        long table = root;
        for (int level = LEVELS - 1; level > 0; level--) {
            long at = entry(table, va, level);
            long entry = cpu.load(at);
            if ((entry & PRESENT) == 0) {
                entry =
                        platform.frames().allocate(FrameUse.PAGE_TABLE, owner)
                                | PRESENT
                                | WRITABLE
                                | USER;
                cpu.store(at, entry);
            }
            table = entry & ADDRESS;
        }
        cpu.store(entry(table, va, 0), frame | bits(access));
    }

    /** Clears the entries of a range. */
    void unmap(Cpu cpu, long start, long end, Unmapped visitor) {
        for (long va = start; va < end; va += PAGE) {
            long at = leafAddress(va);
            if (at != ABSENT && (memory.readLong(at) & PRESENT) != 0) {
                long entry = cpu.load(at);
                cpu.store(at, 0);
                visitor.page(va, entry & ADDRESS);
            }
        }
    }

    /** Changes what the present pages of a range permit. */
    void protect(Cpu cpu, long start, long end, int access) {
        for (long va = start; va < end; va += PAGE) {
            long at = leafAddress(va);
            if (at != ABSENT && (memory.readLong(at) & PRESENT) != 0) {
                long entry = cpu.load(at);
                long kept = entry & (ADDRESS | ACCESSED | DIRTY);
                cpu.store(at, kept | bits(access));
            }
        }
    }

    /** Translates for a core, which sets accessed and dirty; {@link #ABSENT} if not permitted. */
    long access(Cpu cpu, long va, int access) {
        if (!permits(va, access)) {
            return ABSENT;
        }
        long at = leafAddress(va);
        long entry = memory.readLong(at);
        long used = entry | ACCESSED | ((access & Access.WRITE) != 0 ? DIRTY : 0);
        if (used != entry) {
            cpu.compareAndSwap(at, entry, used);
        }
        return entry & ADDRESS | va & PAGE - 1;
    }

    /** What a TLB may keep: write permission only once the page is dirty. */
    int cacheable(long va) {
        long entry = leaf(va);
        int permissions = Access.READ;
        if ((entry & WRITABLE) != 0 && (entry & DIRTY) != 0) {
            permissions |= Access.WRITE;
        }
        return permissions;
    }

    /** Whether a page is there and permits this. */
    boolean permits(long va, int access) {
        long entry = leaf(va);
        return (entry & PRESENT) != 0
                && ((access & Access.WRITE) == 0 || (entry & WRITABLE) != 0)
                && ((access & Access.EXECUTE) == 0 || (entry & NO_EXECUTE) == 0);
    }

    /** Physical address of a byte, or {@link #ABSENT}. */
    long physical(long va) {
        long entry = leaf(va);
        return (entry & PRESENT) == 0 ? ABSENT : entry & ADDRESS | va & PAGE - 1;
    }

    /** Gathers every table but the top one; its entries are cleared. */
    void freeTables(Cpu cpu, Gather gather) {
        freeBelow(cpu, root, LEVELS - 1, gather);
    }

    /** Frees the top table. */
    void freeRoot() {
        platform.frames().free(root);
    }

    private void freeBelow(Cpu cpu, long table, int level, Gather gather) {
        for (int i = 0; i <= INDEX_MASK; i++) {
            long at = table + (long) i * Long.BYTES;
            long entry = memory.readLong(at);
            if ((entry & PRESENT) != 0 && level > 0) {
                freeBelow(cpu, entry & ADDRESS, level - 1, gather);
                cpu.store(at, 0);
                gather.add(entry & ADDRESS);
            }
        }
    }

    private long leaf(long va) {
        long at = leafAddress(va);
        return at == ABSENT ? 0 : memory.readLong(at);
    }

    private long leafAddress(long va) {
        long table = root;
        for (int level = LEVELS - 1; level > 0; level--) {
            long entry = memory.readLong(entry(table, va, level));
            if ((entry & PRESENT) == 0) {
                return ABSENT;
            }
            table = entry & ADDRESS;
        }
        return entry(table, va, 0);
    }

    private static long entry(long table, long va, int level) {
        long index = va >>> PAGE_SHIFT + level * INDEX_BITS & INDEX_MASK;
        return table + index * Long.BYTES;
    }

    private static long bits(int access) {
        long bits = USER;
        if ((access & (Access.READ | Access.WRITE)) != 0) {
            bits |= PRESENT;
        }
        if ((access & Access.WRITE) != 0) {
            bits |= WRITABLE;
        }
        if ((access & Access.EXECUTE) == 0) {
            bits |= NO_EXECUTE;
        }
        return bits;
    }
}
