package svasim.models.nic.device;

import svasim.device.BufferAccess;
import svasim.models.nic.layout.Completion;
import svasim.pcie.tlp.PasidPrefix;
import svasim.stats.Counter;

/** The completion ring of a queue pair. */
final class Completions {
    private final BufferAccess memory;
    private final Moderation moderation;
    private final Counter lost;
    private long base;
    private long entries;
    private long taken;
    private long written;
    private long read;

    Completions(BufferAccess memory, Moderation moderation, Counter lost) {
        this.memory = memory;
        this.moderation = moderation;
        this.lost = lost;
    }

    void place(long address, long count) {
        base = address;
        entries = count;
        taken = 0;
        written = 0;
        read = 0;
    }

    /**
     * Software has read so many.
     *
     * @param arm whether it wants to be told of the next
     */
    void read(long count, boolean arm) {
        if (count < read || count > taken) {
            return;
        }
        read = count;
        if (arm) {
            moderation.arm(written - read);
        }
    }

    /**
     * Writes an entry; its phase is chosen here. Without room it is lost, which software that posts
     * no more descriptors than the rings have does not see.
     */
    void put(Completion entry) {
        if (taken - read >= entries) {
            lost.increment();
            return;
        }
        boolean phase = taken / entries % 2 == 0;
        long at = base + taken++ % entries * Completion.BYTES;
        Completion ready =
                new Completion(
                        entry.received(), entry.index(), entry.bytes(), entry.status(), phase);
        memory.write(PasidPrefix.NONE, at, ready.toBytes(), status -> written());
    }

    void reset() {
        place(0, 0);
        moderation.reset();
    }

    private void written() {
        written++;
        moderation.completed();
    }
}
