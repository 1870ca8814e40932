package svasim.models.nic.rdma.verbs;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.device.DeviceTable;
import svasim.device.ProcessMirror;
import svasim.device.Words;
import svasim.models.nic.rdma.layout.MessageCompletion;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.models.nic.rdma.layout.WorkRequest;
import svasim.os.file.OpenFile;
import svasim.os.iommu.DmaBuffer;

/** What an open file has of the card: a queue of messages, and regions of its opener's memory. */
final class RdmaContext {
    /** Regions that a file can have; each needs a command when memory goes. */
    static final int MOST_REGIONS = 16;

    private static final int PAGE_SHIFT = 12;

    private final RdmaDriver driver;
    private final int queue;
    private final ProcessMirror mirror;
    private final List<MemoryRegion> regions = new ArrayList<>();
    private final DmaBuffer rings;
    private final WriteJob[] posted;
    private long tail;
    private long completed;
    private boolean failed;

    RdmaContext(RdmaDriver driver, int queue, OpenFile file) {
        this.driver = driver;
        this.queue = queue;
        int entries = driver.config().ring();
        posted = new WriteJob[entries];
        long bytes = (long) entries * (WorkRequest.BYTES + MessageCompletion.BYTES);
        rings = new DmaBuffer(driver.host().device(), bytes, PAGE_SHIFT);
        mirror =
                new ProcessMirror(
                        driver.host(),
                        file.openedBy(),
                        file.node(),
                        driver.unmapping(),
                        new RegionTables(this));
    }

    RdmaDriver driver() {
        return driver;
    }

    int queue() {
        return queue;
    }

    ProcessMirror mirror() {
        return mirror;
    }

    DmaBuffer rings() {
        return rings;
    }

    List<MemoryRegion> regions() {
        return regions;
    }

    /** Regions that have memory of a range. */
    List<MemoryRegion> overlapping(long start, long end) {
        return regions.stream().filter(region -> region.overlaps(start, end)).toList();
    }

    /** The region that has all of a range, or null. */
    MemoryRegion around(long address, long bytes) {
        return regions.stream()
                .filter(region -> region.contains(address, bytes))
                .findFirst()
                .orElse(null);
    }

    /** Starts the queue with empty rings; its protection domain is its own. */
    void start(Cpu cpu) {
        tail = 0;
        completed = 0;
        failed = false;
        for (int index = 0; index < posted.length; index++) {
            posted[index] = null;
            cpu.store(completionAt(index), 0);
        }
        write(cpu, MessageRegister.DOMAIN, queue);
        write(cpu, MessageRegister.SEND_BASE, rings.iova());
        long completions = rings.iova() + (long) posted.length * WorkRequest.BYTES;
        write(cpu, MessageRegister.COMPLETION_BASE, completions);
        write(cpu, MessageRegister.ENTRIES, posted.length);
        cpu.storeBarrier();
        write(cpu, MessageRegister.CONTROL, MessageRegister.START);
    }

    /**
     * A queue in which a message has failed is stopped when every other one is flushed, and begins
     * anew.
     *
     * @return whether messages can be posted
     */
    boolean recover(Cpu cpu) {
        if (!failed || isBusy()) {
            return hasRoom();
        }
        write(cpu, MessageRegister.CONTROL, MessageRegister.STOP);
        if (read(cpu, MessageRegister.CONTROL) == MessageRegister.STOPPED) {
            start(cpu);
        }
        return !failed;
    }

    boolean isBusy() {
        return tail != completed;
    }

    private boolean hasRoom() {
        return tail - completed < posted.length;
    }

    void post(Cpu cpu, WorkRequest request, WriteJob job) {
        int index = (int) (tail++ % posted.length);
        posted[index] = job;
        byte[] bytes = request.toBytes();
        for (int offset = 0; offset < bytes.length; offset += Long.BYTES) {
            long at = rings.physical((long) index * WorkRequest.BYTES + offset);
            cpu.store(at, Words.u64(bytes, offset));
        }
        cpu.storeBarrier();
        write(cpu, MessageRegister.SEND_TAIL, tail);
    }

    /** Tells jobs of messages that have ended. */
    void poll(Cpu cpu) {
        while (isBusy()) {
            int place = (int) (completed % posted.length);
            boolean phase = completed / posted.length % 2 == 0;
            MessageCompletion next = MessageCompletion.of(cpu.load(completionAt(place)));
            if (next.phase() != phase) {
                return;
            }
            completed++;
            failed |= next.status() != MessageCompletion.Status.SUCCESS;
            posted[next.index()].ended(next.status());
        }
    }

    long read(Cpu cpu, MessageRegister register) {
        return driver.read(cpu, register.offset(queue));
    }

    void write(Cpu cpu, MessageRegister register, long value) {
        driver.write(cpu, register.offset(queue), value);
    }

    /** First address of the page of an address. */
    static long page(long address) {
        return address & -DeviceTable.PAGE;
    }

    private long completionAt(int index) {
        long offset = (long) posted.length * WorkRequest.BYTES;
        return rings.physical(offset + (long) index * MessageCompletion.BYTES);
    }
}
