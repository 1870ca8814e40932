package svasim.models.zip.uacce;

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
    private ZipJob user;

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

    /** The job that uses the queue, or null; a second one waits for its end. */
    ZipJob user() {
        return user != null && user.result() == null ? user : null;
    }

    void user(ZipJob job) {
        user = job;
    }

    /** Writes an entry at the tail. */
    void fill(Cpu cpu, Sqe entry) {
        region.store(cpu, tail, entry);
        tail = (tail + 1) % region.depth();
    }

    void ringSubmission(Cpu cpu) {
        ring(cpu, new Doorbell(number, Doorbell.SQ, tail));
    }

    void ringCompletion(Cpu cpu) {
        ring(cpu, new Doorbell(number, Doorbell.CQ, head));
    }

    /**
     * Reads the next completion.
     *
     * @return the result of its entry, or null if there is none yet
     */
    Sqe.Result poll(Cpu cpu) {
        Cqe completion = region.completion(cpu, head);
        if (completion.phase() != phase) {
            return null;
        }
        head++;
        if (head == region.depth()) {
            head = 0;
            phase = !phase;
        }
        return region.result(cpu, completion.index());
    }

    private void ring(Cpu cpu, Doorbell doorbell) {
        cpu.storeBarrier();
        cpu.writeMmio(driver.register(Registers.DOORBELL), Long.BYTES, doorbell.toWord());
    }
}
