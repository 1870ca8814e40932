package svasim.models.nic.rdma.verbs;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.device.DeviceTable;
import svasim.device.MirroredTable;
import svasim.models.nic.rdma.layout.Command;

/** Writes the card's tables of all regions of a file, by work requests (UMR). */
final class RegionTables implements MirroredTable {
    private static final long NOTHING = 0;

    private final RdmaContext context;

    RegionTables(RdmaContext context) {
        this.context = context;
    }

    @Override
    public long set(Cpu cpu, long start, List<Long> entries) {
        long end = start + entries.size() * DeviceTable.PAGE;
        List<MemoryRegion> regions = context.overlapping(start, end);
        int each = 1 + entries.size() / CommandRing.LIST_ENTRIES;
        if (!ring().hasRoom(cpu, regions.size() * each)) {
            return BUSY;
        }
        long ticket = NOTHING;
        for (MemoryRegion region : regions) {
            long from = Math.max(start, region.start());
            long to = Math.min(end, region.end());
            while (from < to) {
                long pages = (to - from) / DeviceTable.PAGE;
                int count = (int) Math.min(pages, CommandRing.LIST_ENTRIES);
                int first = (int) ((from - start) / DeviceTable.PAGE);
                List<Long> part = entries.subList(first, first + count);
                ticket = ring().set(cpu, region.key(), from, part);
                from += count * DeviceTable.PAGE;
            }
        }
        return ticket;
    }

    @Override
    public long remove(Cpu cpu, long start, long end) {
        List<MemoryRegion> regions = context.overlapping(start, end);
        if (!ring().hasRoom(cpu, regions.size())) {
            return BUSY;
        }
        long ticket = NOTHING;
        for (MemoryRegion region : regions) {
            long from = Math.max(start & -DeviceTable.PAGE, region.start());
            long to = Math.min(end, region.end());
            long bytes = to - from + DeviceTable.PAGE - 1 & -DeviceTable.PAGE;
            ticket = ring().post(cpu, Command.remove(region.key(), from, bytes));
        }
        return ticket;
    }

    @Override
    public boolean isOver(Cpu cpu, long ticket) {
        return ring().isOver(cpu, ticket);
    }

    private CommandRing ring() {
        return context.driver().commands();
    }
}
