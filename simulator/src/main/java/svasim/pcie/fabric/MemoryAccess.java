package svasim.pcie.fabric;

import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.pcie.fabric.RootComplexConfig.DataPlace;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Memory as requests of devices reach it, and the interrupt range. */
final class MemoryAccess {
    private final PhysicalMemory memory;
    private final MemoryTiming timing;
    private final MessageInterrupts interrupts;
    private final Trace trace;
    private final int lane;
    private final DataPlace reads;
    private final DataPlace writes;
    private final long interruptBase;
    private final long interruptEnd;

    MemoryAccess(String name, RootComplexConfig config, Host host) {
        memory = host.memory();
        timing = host.timing();
        interrupts = host.interrupts();
        trace = host.trace();
        lane = trace.lane(name);
        reads = config.reads();
        writes = config.writes();
        interruptBase = config.interruptBase().bytes();
        interruptEnd = interruptBase + config.interruptSize().bytes();
    }

    /** Whether a write is a message-signalled interrupt: never translated here. */
    boolean isInterrupt(Tlp.MemoryRequest request) {
        return request instanceof Tlp.MemoryWrite
                && request.addressType() == AddressType.UNTRANSLATED
                && request.pasid() == null
                && request.address() >= interruptBase
                && request.address() < interruptEnd;
    }

    boolean answers(long address, int bytes) {
        return memory.answers(address, bytes);
    }

    long readDonePs(long nowPs, long address, int bytes) {
        return donePs(reads, nowPs, address, bytes);
    }

    long writeDonePs(long nowPs, long address, int bytes) {
        return donePs(writes, nowPs, address, bytes);
    }

    /** Takes the data of a translated read out of memory; an AtomicOp changes it there. */
    void read(Transactions transactions, int slot) {
        Tlp.MemoryRequest request = transactions.request(slot);
        int bytes = request.bytes();
        if (bytes > 0) {
            long address = transactions.address(slot);
            byte[] data = memory.read(address, bytes);
            transactions.data(slot, data);
            trace.tell(Kind.DMA_READ, lane, address, bytes, request.requesterId(), request);
            if (request instanceof AtomicRequest atomic) {
                byte[] after = atomic.operation().apply(data, atomic.data());
                memory.write(address, after, 0, bytes);
                trace.tell(Kind.DMA_WRITE, lane, address, bytes, atomic.requesterId(), atomic);
            }
        }
    }

    /** Carries out a write at its physical address, or raises the interrupt that it is. */
    void write(Tlp.MemoryWrite write, long address, long nowPs) {
        byte[] data = write.data();
        if (isInterrupt(write)) {
            interrupts.message(write.requesterId(), address, firstWord(data), nowPs);
        } else if (data.length > 0) {
            memory.write(address, data, 0, data.length);
            trace.tell(Kind.DMA_WRITE, lane, address, data.length, write.requesterId(), write);
        }
    }

    private long donePs(DataPlace place, long nowPs, long address, int bytes) {
        return place == DataPlace.LLC
                ? timing.llcDonePs(nowPs)
                : timing.dramDonePs(nowPs, address, bytes);
    }

    private static int firstWord(byte[] data) {
        int word = 0;
        for (int i = Math.min(data.length, Integer.BYTES) - 1; i >= 0; i--) {
            word = word << Byte.SIZE | data[i] & 0xFF;
        }
        return word;
    }
}
