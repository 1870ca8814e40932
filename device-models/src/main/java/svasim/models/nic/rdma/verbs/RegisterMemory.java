package svasim.models.nic.rdma.verbs;

import svasim.cpu.Cpu;
import svasim.device.DeviceTable;
import svasim.device.MirroredTable;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.rdma.layout.Command;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Registers memory on demand: the card gets a key and an empty table, and no page is touched. */
final class RegisterMemory {
    private static final int PAGE_SHIFT = 12;

    private static final Procedure<RegisterMemory> REGISTER =
            Procedure.<RegisterMemory>named("ib_reg_mr")
                    .sleeping("allocate table", 200_000, RegisterMemory::allocate)
                    .sleeping("create key", 200_000, RegisterMemory::create)
                    .sleeping("wait for card", 20_000, RegisterMemory::await)
                    .build();

    private final RdmaContext context;
    private final long start;
    private final long bytes;
    private DmaBuffer table;
    private MemoryRegion region;
    private long ticket;

    /** Of the pages around a buffer. */
    RegisterMemory(RdmaContext context, long address, long size) {
        this.context = context;
        start = RdmaContext.page(address);
        bytes = RdmaContext.page(address + size + DeviceTable.PAGE - 1) - start;
    }

    Call<?> call() {
        return new Call<>(REGISTER, this);
    }

    /** The region, or null if there was no memory for its table or there are too many. */
    MemoryRegion region() {
        return region;
    }

    private Next allocate(Cpu cpu) {
        region = context.around(start, bytes);
        if (region != null || context.regions().size() == RdmaContext.MOST_REGIONS) {
            return Next.DONE;
        }
        if (context.driver().onDemand().table() == OnDemandConfig.Table.CARD) {
            return Next.ON;
        }
        long tableBytes = bytes / DeviceTable.PAGE * Long.BYTES;
        table = new DmaBuffer(context.driver().host().device(), tableBytes, PAGE_SHIFT);
        return Next.call(context.driver().host().dma().map(table));
    }

    private Next create(Cpu cpu) {
        if (table != null && !table.isMapped()) {
            return Next.DONE;
        }
        clear(cpu);
        int key = context.driver().newKey();
        long address = table == null ? 0 : table.iova();
        Command command = Command.create(key, start, bytes, context.queue(), address);
        ticket = context.driver().commands().post(cpu, command);
        if (ticket == MirroredTable.BUSY) {
            return Next.AGAIN;
        }
        region = new MemoryRegion(context, key, start, bytes, table);
        context.driver().add(region);
        return Next.ON;
    }

    private void clear(Cpu cpu) {
        for (long at = 0; table != null && at < table.bytes(); at += Long.BYTES) {
            cpu.store(table.physical(at), 0);
        }
    }

    private Next await(Cpu cpu) {
        return context.driver().commands().isOver(cpu, ticket) ? Next.DONE : Next.AGAIN;
    }
}
