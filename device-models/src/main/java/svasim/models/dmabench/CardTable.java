package svasim.models.dmabench;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.device.DeviceTable;
import svasim.device.MirroredTable;

/** Writes the card's own page table by its registers. */
final class CardTable implements MirroredTable {
    private static final long SET = 0;
    private static final long REMOVED = 1;

    private final DmaBenchDriver driver;

    CardTable(DmaBenchDriver driver) {
        this.driver = driver;
    }

    @Override
    public long set(Cpu cpu, long start, List<Long> entries) {
        long page = start;
        for (long entry : entries) {
            set(cpu, page, entry);
            page += DeviceTable.PAGE;
        }
        return SET;
    }

    /** The page cannot be had: the card gives up accesses that wait for it. */
    void refuse(Cpu cpu, long page) {
        set(cpu, page, 0);
    }

    @Override
    public long remove(Cpu cpu, long start, long end) {
        driver.write(cpu, CardRegister.REMOVE_START, start);
        driver.write(cpu, CardRegister.REMOVE_END, end);
        return REMOVED;
    }

    /** Stores to registers keep their order. */
    @Override
    public boolean isOver(Cpu cpu, long ticket) {
        return ticket == SET || driver.read(cpu, CardRegister.USED_STILL) == 0;
    }

    private void set(Cpu cpu, long page, long entry) {
        driver.write(cpu, CardRegister.ENTRY_ADDRESS, page);
        driver.write(cpu, CardRegister.ENTRY, entry);
    }
}
