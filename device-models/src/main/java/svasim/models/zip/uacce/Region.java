package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.device.Words;
import svasim.models.zip.layout.Cqe;
import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Sqe;
import svasim.os.iommu.DmaBuffer;

/**
 * Device user-share memory of a queue pair: the submission queue, and behind it the completion
 * queue. The kernel has allocated it, so that its pages never move; the program has it mapped.
 */
final class Region {
    private final DmaBuffer memory;
    private final int depth;

    Region(DmaBuffer memory, int depth) {
        this.memory = memory;
        this.depth = depth;
    }

    /** Bytes for queues of so many entries. */
    static long bytes(int depth) {
        return (long) depth * (Sqe.BYTES + Cqe.BYTES);
    }

    DmaBuffer memory() {
        return memory;
    }

    int depth() {
        return depth;
    }

    QueueContext submission(int pasid, int type) {
        return new QueueContext(memory.iova(), depth, pasid, type);
    }

    QueueContext completion(int pasid) {
        return new QueueContext(memory.iova() + completions(), depth, pasid, 0);
    }

    void clear(Cpu cpu) {
        for (int index = 0; index < depth; index++) {
            cpu.store(completionAddress(index) + Long.BYTES, 0);
        }
    }

    void store(Cpu cpu, int index, Sqe entry) {
        store(cpu, entryAddress(index), entry.toBytes());
    }

    Sqe.Result result(Cpu cpu, int index) {
        return Sqe.result(load(cpu, entryAddress(index), Sqe.RESULT_BYTES));
    }

    Cqe completion(Cpu cpu, int index) {
        return Cqe.of(load(cpu, completionAddress(index), Cqe.BYTES));
    }

    /** Stores whole words. */
    static void store(Cpu cpu, long address, byte[] bytes) {
        for (int offset = 0; offset < bytes.length; offset += Long.BYTES) {
            cpu.store(address + offset, Words.u64(bytes, offset));
        }
    }

    private static byte[] load(Cpu cpu, long address, int count) {
        byte[] bytes = new byte[count];
        for (int offset = 0; offset < count; offset += Long.BYTES) {
            Words.put(bytes, offset, Long.BYTES, cpu.load(address + offset));
        }
        return bytes;
    }

    private long completions() {
        return (long) depth * Sqe.BYTES;
    }

    private long entryAddress(int index) {
        return memory.physical((long) index * Sqe.BYTES);
    }

    private long completionAddress(int index) {
        return memory.physical(completions() + (long) index * Cqe.BYTES);
    }
}
