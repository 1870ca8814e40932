package svasim.models.nic.rdma.verbs;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.device.DeviceTable;
import svasim.device.MirroredTable;
import svasim.device.Words;
import svasim.models.nic.rdma.layout.CardRegister;
import svasim.models.nic.rdma.layout.Command;
import svasim.os.iommu.DmaBuffer;

/** The ring of commands as the driver has it; each command has a page for a list of entries. */
final class CommandRing {
    static final int ENTRIES = 64;

    /** Entries of a table that one command sets at most. */
    static final int LIST_ENTRIES = (int) DeviceTable.PAGE / Long.BYTES;

    private static final int PAGE_SHIFT = 12;
    private static final long LOOK_PS = 200_000;

    /** There is no ring: the card was reset, or is gone. */
    private static final long NO_RING = -1;

    private final RdmaDriver driver;
    private final DmaBuffer memory;
    private long posted;
    private long done;

    CommandRing(RdmaDriver driver) {
        this.driver = driver;
        long bytes = DeviceTable.PAGE * (1 + ENTRIES);
        memory = new DmaBuffer(driver.host().device(), bytes, PAGE_SHIFT);
    }

    DmaBuffer memory() {
        return memory;
    }

    /** Whether so many commands can be posted now. */
    boolean hasRoom(Cpu cpu, int commands) {
        if (posted + commands - done > ENTRIES) {
            done = driver.read(cpu, CardRegister.COMMAND_DONE);
        }
        return done == NO_RING || posted + commands - done <= ENTRIES;
    }

    /**
     * Hands a command to the card.
     *
     * @return for {@link #isOver}, or {@link MirroredTable#BUSY}
     */
    long post(Cpu cpu, Command command) {
        return hasRoom(cpu, 1) ? store(cpu, command) : MirroredTable.BUSY;
    }

    /** Has entries of a region set, {@link #LIST_ENTRIES} at most; there is room. */
    long set(Cpu cpu, int key, long address, List<Long> entries) {
        long list = DeviceTable.PAGE * (1 + posted % ENTRIES);
        for (int i = 0; i < entries.size(); i++) {
            cpu.store(memory.physical(list + (long) i * Long.BYTES), entries.get(i));
        }
        return store(cpu, Command.set(key, address, entries.size(), memory.iova() + list));
    }

    /** Whether the card has done a command. */
    boolean isOver(Cpu cpu, long ticket) {
        if (done >= ticket || done == NO_RING) {
            return true;
        }
        done = driver.read(cpu, CardRegister.COMMAND_DONE);
        cpu.spend(LOOK_PS);
        return done >= ticket || done == NO_RING;
    }

    private long store(Cpu cpu, Command command) {
        byte[] bytes = command.toBytes();
        long at = posted % ENTRIES * Command.BYTES;
        for (int offset = 0; offset < Command.BYTES; offset += Long.BYTES) {
            cpu.store(memory.physical(at + offset), Words.u64(bytes, offset));
        }
        cpu.storeBarrier();
        driver.write(cpu, CardRegister.COMMAND_TAIL, ++posted);
        return posted;
    }
}
