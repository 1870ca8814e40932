package svasim.os.iommu;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.TableMemory;

/**
 * Brings the copy of a guest's tables up to date for a range (vtd_sync_shadow_page_table_range):
 * what it walks costs time by the line of entries, what it changes by the entry. Entries that the
 * unit may have cached are flushed.
 */
final class ShadowSync {
    /** First address behind those of processes; the copy has none above. */
    static final long HALF = 1L << 47;

    private static final int PAGE_SHIFT = 12;
    private static final long PAGE = 1L << PAGE_SHIFT;
    private static final int ENTRIES_PER_LINE = 8;

    private static final int ENTRIES_PER_TABLE = 512;

    private static final String WRITE = "vfio_iommu_map_notify";

    private static final Procedure<ShadowSync> SYNC =
            Procedure.<ShadowSync>named("vtd_sync_shadow_page_table_range")
                    .sleeping("vtd_page_walk", 100_000, ShadowSync::walkNext)
                    .sleeping(WRITE, 1_000_000, ShadowSync::writeNext)
                    .sleeping("iotlb_sync", 50_000, ShadowSync::flush)
                    .build();

    private final ShadowSpace space;
    private final PasidEntry entry;
    private final long start;
    private final long end;

    private final Queue<Change> changes = new ArrayDeque<>();

    private long linesToWalk = -1;
    private boolean stale;

    private record Mapping(long output, int access) {}

    /**
     * @param wanted null if nothing is to be mapped
     */
    private record Change(long page, Mapping wanted) {}

    private ShadowSync(ShadowSpace space, PasidEntry entry, long start, long end) {
        this.space = space;
        this.entry = entry;
        this.start = start;
        this.end = end;
    }

    static Call<?> call(ShadowSpace space, PasidEntry entry, long start, long bytes) {
        boolean whole = bytes == Forwarding.ALL || start < 0 || start + bytes > HALF;
        long first = whole ? 0 : start & -PAGE;
        long last = whole ? HALF : start + bytes + PAGE - 1 & -PAGE;
        return new Call<>(SYNC, new ShadowSync(space, entry, first, last));
    }

    private Next walkNext(Cpu cpu) {
        if (linesToWalk < 0) {
            plan(cpu);
        }
        return linesToWalk-- > 0 ? Next.AGAIN : Next.ON;
    }

    /** Compares the guest's tables with the copy. */
    private void plan(Cpu cpu) {
        GuestMemory memory = new GuestMemory(cpu, space.stage());
        TreeMap<Long, Mapping> wanted = new TreeMap<>();
        long guestEnd = Math.min(end, 1L << space.guest().inputBits());
        if (start < guestEnd) {
            new PageTableEditor(space.guest(), memory)
                    .visit(start, guestEnd - start, pages(wanted, memory));
        }
        linesToWalk = memory.loads / ENTRIES_PER_LINE;
        PageTableEditor editor = space.editor(cpu);
        Map<Long, Mapping> present = new TreeMap<>();
        editor.visit(
                start,
                end - start,
                (input, output, shift, leaf) ->
                        present.put(
                                input, new Mapping(output, editor.stage().format().access(leaf))));
        present.forEach(
                (input, mapping) -> {
                    if (!mapping.equals(wanted.get(input))) {
                        changes.add(new Change(input, wanted.remove(input)));
                    } else {
                        wanted.remove(input);
                    }
                });
        wanted.forEach((input, mapping) -> changes.add(new Change(input, mapping)));
    }

    /** Takes pages of 4 KiB out of those that the guest has in the range. */
    private LeafVisitor pages(Map<Long, Mapping> wanted, GuestMemory memory) {
        return (input, output, shift, leaf) -> {
            int access = space.guest().format().access(leaf);
            long first = Math.max(input, start);
            long last = Math.min(input + (1L << shift), end);
            for (long page = first; page < last; page += PAGE) {
                long physical = memory.physical(output + (page - input));
                if (physical >= 0 && wanted.size() < space.stage().pages()) {
                    wanted.put(page, new Mapping(physical, access));
                }
            }
        };
    }

    private Next writeNext(Cpu cpu) {
        Change change = changes.poll();
        if (change == null) {
            return stale ? Next.ON : Next.DONE;
        }
        PageTableEditor editor = space.editor(cpu);
        editor.unmap(change.page(), PAGE, (input, output, shift, leaf) -> stale = true);
        Mapping wanted = change.wanted();
        if (wanted != null) {
            editor.map(change.page(), wanted.output(), PAGE_SHIFT, wanted.access());
        }
        space.changed();
        return Next.AGAIN;
    }

    private Next flush(Cpu cpu) {
        Block block = Block.covering(start, end);
        long last = end == HALF ? -1 : block.end();
        return Next.call(entry.device().iommu().invalidate(List.of(entry), block.start(), last));
    }

    /**
     * The guest's tables as software of the host reads them. There are no more of them than the
     * machine has pages: one that contains itself would be walked for ever.
     */
    private static final class GuestMemory implements TableMemory {
        private final Cpu cpu;
        private final SecondStage stage;
        private int loads;

        GuestMemory(Cpu cpu, SecondStage stage) {
            this.cpu = cpu;
            this.stage = stage;
        }

        /** Host address, or -1 if the machine has no such memory. */
        long physical(long gpa) {
            boolean possible = gpa >>> stage.stage().inputBits() == 0;
            return possible ? stage.physical(gpa) : -1;
        }

        @Override
        public long load(long address) {
            boolean sane = loads++ < stage.pages() * ENTRIES_PER_TABLE;
            long physical = sane ? physical(address) : -1;
            return physical < 0 ? 0 : cpu.load(physical);
        }

        @Override
        public long allocateTable(int level, int bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void freeTable(long address, int bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void store(long address, long entry) {
            throw new UnsupportedOperationException();
        }
    }
}
