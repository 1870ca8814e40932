package svasim.models.gpu.driver;

import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.svm.SvmSpace;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.mm.Pin;
import svasim.os.procedure.Call;
import svasim.os.sva.Bond;
import svasim.os.task.Mutex;
import svasim.paging.Access;

/**
 * What driver and library keep for a process or a file: the bond, and a queue in memory of the
 * process. One page is the ring, the next one has the read pointer and the signals.
 */
final class GpuContext {
    static final int PACKETS = 64;

    /** Bytes of the ring, and of the page behind it. */
    static final long RING_BYTES = 8192;

    private static final long PAGE = 4096;
    private static final int FIRST_SIGNAL = 64;
    private static final int SIGNALS = (int) (PAGE - FIRST_SIGNAL) / Long.BYTES;

    private final GpuDriver driver;
    private final Bond bond;
    private final int queue;
    private final Mutex ringLock;
    private final WorkRanges ranges = new WorkRanges();
    private SvmSpace space;
    private UserQueues userQueues;
    private Pin pin;
    private Mmap memory;
    private boolean mapped;
    private boolean stopped;
    private long submitted;
    private long ended;

    GpuContext(GpuDriver driver, Bond bond, int queue) {
        this.driver = driver;
        this.bond = bond;
        this.queue = queue;
        ringLock = new Mutex(driver.host().name() + " ring " + queue);
    }

    GpuDriver driver() {
        return driver;
    }

    Bond bond() {
        return bond;
    }

    Mm mm() {
        return bond.mm();
    }

    int queue() {
        return queue;
    }

    /** The library's: threads write their packets one after the other. */
    Mutex ringLock() {
        return ringLock;
    }

    /** Reserves memory for the queue; the mapping's call is to be run. */
    Mmap mapMemory() {
        memory = mm().mapAnonymous(RING_BYTES + driver.saveBytes(), Access.READ | Access.WRITE);
        return memory;
    }

    /** Keeps that memory where it is: the device can reach it at any time. */
    Call<?> pinMemory() {
        pin = new Pin(mm(), memory.start(), memory.bytes(), Access.READ | Access.WRITE);
        return pin.call();
    }

    Call<?> unpinMemory() {
        return pin == null ? Call.nothing() : pin.unpin();
    }

    /** Memory that unfinished work names. */
    WorkRanges ranges() {
        return ranges;
    }

    /** Where it is kept near the device, or null. */
    SvmSpace space() {
        return space;
    }

    /** Whether the device has a page in its own memory. */
    boolean isNear(long va) {
        return space != null && space.has(va);
    }

    /** Who takes the queue off while memory is missing, or null. */
    UserQueues userQueues() {
        return userQueues;
    }

    void watchedBy(SvmSpace mirror, UserQueues queues) {
        space = mirror;
        userQueues = queues;
    }

    /** Whether the hardware knows the queue. */
    boolean isMapped() {
        return mapped;
    }

    void mapped(boolean now) {
        mapped = now;
    }

    /** Whether the queue has been taken off for good. */
    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
    }

    /** Virtual address of the ring. */
    long ring() {
        return memory.start();
    }

    long readPointer() {
        return memory.start() + PAGE;
    }

    long saveArea() {
        return memory.start() + RING_BYTES;
    }

    boolean hasRoom() {
        return submitted - ended < PACKETS;
    }

    /** Virtual address of the next packet. */
    long nextPacket() {
        return ring() + submitted % PACKETS * Packet.BYTES;
    }

    /** Virtual address of the next packet's signal. */
    long nextSignal() {
        return readPointer() + FIRST_SIGNAL + submitted % SIGNALS * Long.BYTES;
    }

    /**
     * A packet has been written.
     *
     * @return packets so far, for the doorbell
     */
    long submit() {
        return ++submitted;
    }

    /** The program has seen the end of a packet. */
    void ended() {
        ended++;
    }
}
