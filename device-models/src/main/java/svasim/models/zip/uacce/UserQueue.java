package svasim.models.zip.uacce;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.cpu.Cpu;
import svasim.models.zip.layout.Cqe;
import svasim.models.zip.layout.Doorbell;
import svasim.models.zip.layout.Registers;
import svasim.models.zip.layout.Sqe;

/** A queue pair as driver and library know it. */
final class UserQueue {
    /** States of a uacce queue. */
    enum State {
        INIT,
        STARTED,
        ZOMBIE
    }

    private final ZipDriver driver;
    private final int number;
    private final int type;
    private final Region region;
    private State state = State.INIT;
    private int tail;
    private int head;
    private boolean phase = true;

    /** Whose each entry is that has not ended, by its index, in the order of handing in. */
    private final Map<Integer, ZipJob> owners = new LinkedHashMap<>();

    /**
     * @param type direction, as in the queue's context
     */
    UserQueue(ZipDriver driver, int number, int type) {
        this.driver = driver;
        this.number = number;
        this.type = type;
        int depth = driver.config().depth();
        region = new Region(driver.buffer(Region.bytes(depth)), depth);
    }

    int number() {
        return number;
    }

    int type() {
        return type;
    }

    Region region() {
        return region;
    }

    State state() {
        return state;
    }

    void state(State now) {
        state = now;
    }

    /** Entries that a queue takes: a full one would look empty. */
    static int most(int depth) {
        return depth - 1;
    }

    /**
     * Whose entry is in the way of so many more.
     *
     * @return null if there is room for them
     */
    ZipJob obstacle(int entries) {
        if (owners.isEmpty()) {
            return null;
        }
        Map.Entry<Integer, ZipJob> oldest = owners.entrySet().iterator().next();
        int used = Math.floorMod(tail - oldest.getKey(), region.depth());
        return used + entries <= most(region.depth()) ? null : oldest.getValue();
    }

    /** Writes an entry of a job at the tail. */
    void fill(Cpu cpu, Sqe entry, ZipJob job) {
        region.store(cpu, tail, entry);
        owners.put(tail, job);
        tail = (tail + 1) % region.depth();
    }

    void ringSubmission(Cpu cpu) {
        ring(cpu, new Doorbell(number, Doorbell.SQ, tail));
    }

    /** Tells each job of its entries that have ended, whoever looks. */
    void reap(Cpu cpu) {
        boolean some = false;
        for (Cqe next = poll(cpu); next != null; next = poll(cpu)) {
            ZipJob job = owners.remove(next.index());
            some = true;
            if (job != null) {
                job.took(cpu.nowPs(), region.result(cpu, next.index()));
            }
        }
        if (some) {
            ringCompletion(cpu);
        }
    }

    private void ringCompletion(Cpu cpu) {
        ring(cpu, new Doorbell(number, Doorbell.CQ, head));
    }

    /** Reads the next completion; null if there is none yet. */
    private Cqe poll(Cpu cpu) {
        Cqe completion = region.completion(cpu, head);
        if (completion.phase() != phase) {
            return null;
        }
        head++;
        if (head == region.depth()) {
            head = 0;
            phase = !phase;
        }
        return completion;
    }

    private void ring(Cpu cpu, Doorbell doorbell) {
        cpu.storeBarrier();
        cpu.writeMmio(driver.register(Registers.DOORBELL), Long.BYTES, doorbell.toWord());
    }
}
