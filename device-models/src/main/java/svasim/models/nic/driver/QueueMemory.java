package svasim.models.nic.driver;

import svasim.cpu.Cpu;
import svasim.device.DriverHost;
import svasim.device.Words;
import svasim.models.nic.layout.Completion;
import svasim.models.nic.layout.Descriptor;
import svasim.os.iommu.DmaBuffer;

/**
 * The rings of a queue pair in memory: transmit, receive, completions, each in pages of its own.
 */
final class QueueMemory {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE = 1 << PAGE_SHIFT;

    private final DmaBuffer memory;
    private final int entries;

    QueueMemory(DriverHost host, int entries) {
        this.entries = entries;
        long bytes = 2 * descriptorBytes(entries) + 2L * entries * Completion.BYTES;
        memory = new DmaBuffer(host.device(), bytes, PAGE_SHIFT);
    }

    DmaBuffer memory() {
        return memory;
    }

    long transmitBase() {
        return memory.iova();
    }

    long receiveBase() {
        return memory.iova() + descriptorBytes(entries);
    }

    long completionBase() {
        return memory.iova() + 2 * descriptorBytes(entries);
    }

    void clear(Cpu cpu) {
        for (int index = 0; index < 2 * entries; index++) {
            cpu.store(lastWord(index), 0);
        }
    }

    void transmit(Cpu cpu, int index, Descriptor descriptor) {
        store(cpu, (long) index * Descriptor.BYTES, descriptor);
    }

    void receive(Cpu cpu, int index, Descriptor descriptor) {
        store(cpu, descriptorBytes(entries) + (long) index * Descriptor.BYTES, descriptor);
    }

    /**
     * Reads the completion that is to be the next.
     *
     * @param count completions that were read before
     * @return null if it is not there yet
     */
    Completion completion(Cpu cpu, long count) {
        int index = (int) (count % (2L * entries));
        boolean phase = count / (2L * entries) % 2 == 0;
        long last = cpu.load(lastWord(index));
        if (Completion.hasPhase(last) != phase) {
            return null;
        }
        long at = memory.physical(completionOffset(index));
        return Completion.of(cpu.load(at), cpu.load(at + Long.BYTES), last);
    }

    private void store(Cpu cpu, long offset, Descriptor descriptor) {
        byte[] bytes = descriptor.toBytes();
        long at = memory.physical(offset);
        cpu.store(at, Words.u64(bytes, 0));
        cpu.store(at + Long.BYTES, Words.u64(bytes, Long.BYTES));
    }

    private long lastWord(int index) {
        return memory.physical(completionOffset(index) + Completion.BYTES - Long.BYTES);
    }

    private long completionOffset(int index) {
        return 2 * descriptorBytes(entries) + (long) index * Completion.BYTES;
    }

    private static long descriptorBytes(int entries) {
        return (long) entries * Descriptor.BYTES + PAGE - 1 & -PAGE;
    }
}
