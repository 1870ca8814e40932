package svasim.models.zip.device;

import java.util.ArrayList;
import java.util.List;
import svasim.models.MachineUnderTest;
import svasim.models.zip.ZipProvider;
import svasim.models.zip.config.ZipConfig;
import svasim.models.zip.layout.Cqe;
import svasim.models.zip.layout.Doorbell;
import svasim.models.zip.layout.Mailbox;
import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Registers;
import svasim.models.zip.layout.Sqe;
import svasim.pcie.tlp.PasidPrefix;

/** The engine, driven through its registers without a kernel, below an agent that stalls. */
final class ZipUnderTest {
    static final int DEPTH = 8;

    /** In the device's own space: contexts, then for each queue its entries and completions. */
    private static final long CONTEXTS = 0x10_0000;

    private static final long QUEUES = 0x20_0000;
    private static final int NONE = PasidPrefix.NONE;

    private final MachineUnderTest machine;
    private final int[] tails = new int[4];

    private ZipUnderTest(ZipConfig config) {
        machine = MachineUnderTest.with(new ZipProvider(), config);
        machine.agent().stall();
        machine.map(NONE, CONTEXTS, 1);
        for (int queue = 0; queue < tails.length; queue++) {
            machine.map(NONE, entries(queue), 2 * Registers.PAGE_BYTES);
        }
    }

    static ZipUnderTest of(int inFlight) {
        return new ZipUnderTest(new ZipConfig(4, DEPTH, inFlight, null, null));
    }

    MachineUnderTest machine() {
        return machine;
    }

    /** Starts a queue for a PASID, or {@link QueueContext#NO_PASID}. */
    void start(int queue, int pasid, int type) {
        tails[queue] = 0;
        long completions = completions(queue);
        machine.store(NONE, completions, new byte[DEPTH * Cqe.BYTES]);
        command(Mailbox.SQC, queue, new QueueContext(entries(queue), DEPTH, pasid, type));
        command(Mailbox.CQC, queue, new QueueContext(completions, DEPTH, pasid, 0));
    }

    /**
     * Hands a context over and waits.
     *
     * @return status of the mailbox
     */
    int command(int command, int queue, QueueContext context) {
        machine.store(NONE, CONTEXTS, context.toBytes());
        begin(command, queue);
        while (isBusy()) {
            machine.runFor(100_000);
        }
        return ((int) machine.read(Registers.BAR, Registers.MAILBOX, 4) & Mailbox.STATUS_MASK)
                >>> Mailbox.STATUS_SHIFT;
    }

    void begin(int command, int queue) {
        Mailbox mailbox = new Mailbox(command, queue, CONTEXTS);
        machine.write64(Registers.BAR, Registers.MAILBOX_HIGH, mailbox.high());
        machine.write64(Registers.BAR, Registers.MAILBOX, mailbox.low());
    }

    boolean isBusy() {
        return ((int) machine.read(Registers.BAR, Registers.MAILBOX, 4) & Mailbox.BUSY) != 0;
    }

    void submit(int queue, Sqe... entries) {
        for (Sqe entry : entries) {
            machine.store(NONE, entries(queue) + (long) tails[queue] * Sqe.BYTES, entry.toBytes());
            tails[queue] = (tails[queue] + 1) % DEPTH;
        }
        ring(new Doorbell(queue, Doorbell.SQ, tails[queue]));
    }

    void ring(Doorbell doorbell) {
        machine.write64(Registers.BAR, Registers.DOORBELL, doorbell.toWord());
    }

    /** Indexes of the entries that have ended, oldest first, in the first round of the queue. */
    List<Integer> ended(int queue) {
        List<Integer> indexes = new ArrayList<>();
        for (int place = 0; place < DEPTH; place++) {
            Cqe entry = completion(queue, place);
            if (entry.phase()) {
                indexes.add(entry.index());
            }
        }
        return indexes;
    }

    Cqe completion(int queue, int place) {
        return Cqe.of(machine.load(NONE, completions(queue) + (long) place * Cqe.BYTES, Cqe.BYTES));
    }

    Sqe.Result result(int queue, int index) {
        return Sqe.result(
                machine.load(NONE, entries(queue) + (long) index * Sqe.BYTES, Sqe.RESULT_BYTES));
    }

    private static long entries(int queue) {
        return QUEUES + (long) queue * 2 * Registers.PAGE_BYTES;
    }

    private static long completions(int queue) {
        return entries(queue) + Registers.PAGE_BYTES;
    }
}
