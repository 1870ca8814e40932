package svasim.models.dsa.idxd;

import java.util.HashSet;
import java.util.Set;
import svasim.cpu.Cpu;
import svasim.device.Words;
import svasim.models.dsa.layout.EventLogEntry;
import svasim.models.dsa.layout.EventLogRegister;
import svasim.models.dsa.layout.Register;
import svasim.os.iommu.DmaBuffer;

/** The event log as the driver sees it: memory that the device fills, and how far it was read. */
final class EventLog {
    private final DmaBuffer memory;
    private final int size;
    private final Set<Integer> cancelled = new HashSet<>();
    private int head;

    /**
     * @param memory at least as large as the log
     * @param size entries
     */
    EventLog(DmaBuffer memory, int size) {
        this.memory = memory;
        this.size = size;
    }

    DmaBuffer memory() {
        return memory;
    }

    /** Tells the device, which forgets its log with each reset, where the log is. */
    void configure(Cpu cpu, DeviceRegisters registers) {
        head = 0;
        cancelled.clear();
        registers.write(cpu, Register.EVLCFG, memory.iova());
        registers.write(cpu, Register.EVLCFG + Long.BYTES, EventLogRegister.ofSize(size));
    }

    /** Whether there is an entry that was not read; acknowledges the interrupt. */
    boolean begin(Cpu cpu, DeviceRegisters registers) {
        registers.write(cpu, Register.EVLSTATUS, EventLogRegister.ofHead(head, true));
        return hasNext(cpu, registers);
    }

    boolean hasNext(Cpu cpu, DeviceRegisters registers) {
        return EventLogRegister.tail(registers.read(cpu, Register.EVLSTATUS)) != head;
    }

    /**
     * Reads the next entry and gives its place back to the device.
     *
     * @return null if nobody waits for it any more
     */
    EventLogEntry next(Cpu cpu, DeviceRegisters registers) {
        boolean wanted = !cancelled.remove(head);
        EventLogEntry entry = wanted ? read(cpu, head) : null;
        head = (head + 1) % size;
        registers.write(cpu, Register.EVLSTATUS, EventLogRegister.ofHead(head, false));
        return entry;
    }

    /** Nobody waits any more for what there is of a PASID from a queue. */
    void cancel(Cpu cpu, DeviceRegisters registers, int queue, int pasid) {
        int tail = EventLogRegister.tail(registers.read(cpu, Register.EVLSTATUS));
        for (int i = head; i != tail; i = (i + 1) % size) {
            EventLogEntry entry = read(cpu, i);
            if (entry.queue() == queue && entry.pasid() == pasid) {
                cancelled.add(i);
            }
        }
    }

    private EventLogEntry read(Cpu cpu, int index) {
        byte[] bytes = new byte[EventLogEntry.BYTES];
        long offset = (long) index * EventLogEntry.BYTES;
        for (int at = 0; at < bytes.length; at += Long.BYTES) {
            Words.put(bytes, at, Long.BYTES, cpu.load(memory.physical(offset + at)));
        }
        return EventLogEntry.fromBytes(bytes);
    }
}
