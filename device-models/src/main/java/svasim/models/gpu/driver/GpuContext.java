package svasim.models.gpu.driver;

import svasim.models.gpu.layout.Packet;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.sva.Bond;
import svasim.os.task.Mutex;
import svasim.paging.Access;

/**
 * What driver and library keep for a process or a file: the bond, and a queue in memory of the
 * process. One page is the ring, the next one has the read pointer and the signals.
 */
final class GpuContext {
    static final int PACKETS = 64;
    private static final long PAGE = 4096;
    private static final int FIRST_SIGNAL = 64;
    private static final int SIGNALS = (int) (PAGE - FIRST_SIGNAL) / Long.BYTES;

    private final GpuDriver driver;
    private final Bond bond;
    private final int queue;
    private final Mutex ringLock;
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
        memory = mm().mapAnonymous(2 * PAGE, Access.READ | Access.WRITE);
        return memory;
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
