package svasim.device;

import java.util.List;
import svasim.cpu.Cpu;

/** How a driver writes the {@link DeviceTable page table} that its device has of a process. */
public interface MirroredTable {
    /** Instead of a ticket: the device takes no command now; ask again. */
    long BUSY = -1;

    /**
     * Has the device set the entries of pages that follow each other.
     *
     * @param entries at least one, as {@link DeviceTable#set} takes them
     * @return for {@link #isOver}, or {@link #BUSY}
     */
    long set(Cpu cpu, long start, List<Long> entries);

    /**
     * Has the device remove the entries of a range. It is over when no access uses them any more.
     *
     * @param end {@link Long#MAX_VALUE} for everything from the start on
     * @return for {@link #isOver}, or {@link #BUSY}
     */
    long remove(Cpu cpu, long start, long end);

    /** Whether the device has done what the ticket was given for. */
    boolean isOver(Cpu cpu, long ticket);
}
