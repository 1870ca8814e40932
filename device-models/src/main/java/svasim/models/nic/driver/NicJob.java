package svasim.models.nic.driver;

import svasim.cpu.Cpu;
import svasim.kernel.RandomStream;
import svasim.models.nic.config.NicWork;
import svasim.models.nic.layout.Completion;
import svasim.models.nic.layout.QueueRegister;
import svasim.models.nic.traffic.Payload;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.procedure.Call;

/** Traffic that a program has asked for. */
final class NicJob implements Job {
    private final NicQueue queue;
    private final NicWork work;
    private final RandomStream random;
    private long posted;
    private long received;
    private long wrong;
    private long failed;
    private long bytes;
    private long droppedBefore;
    private long dropped;
    private JobResult result;

    NicJob(NicQueue queue, NicWork work, RandomStream random) {
        this.queue = queue;
        this.work = work;
        this.random = random;
    }

    @Override
    public Call<?> await(Waiting thread) {
        return NicWait.call(this, thread);
    }

    @Override
    public JobResult result() {
        return result;
    }

    NicQueue queue() {
        return queue;
    }

    NicWork work() {
        return work;
    }

    RandomStream random() {
        return random;
    }

    /**
     * The traffic begins.
     *
     * @return false if the queue pair has other traffic
     */
    boolean begin(Cpu cpu) {
        if (queue.job() != null && queue.job().result() == null) {
            fail("the queue pair is busy");
            return false;
        }
        queue.job(this);
        droppedBefore = queue.read(cpu, QueueRegister.DROPPED);
        queue.driver().statistics().began(cpu.nowPs());
        return true;
    }

    void posted() {
        posted++;
    }

    /** Packets of a program that have not come back. */
    long underWay() {
        return posted - received - failed;
    }

    /** Packets that have ended, whatever became of them. */
    long ended() {
        return received + failed + dropped;
    }

    void received(Cpu cpu, PacketPage page, Completion completion) {
        Payload.Reader packet = page.reader(cpu);
        boolean good = completion.status() == Completion.Status.SUCCESS;
        if (!good) {
            failed++;
        } else {
            received++;
            bytes += completion.bytes();
            boolean intact = !work.verify() || Payload.isIntact(packet, completion.bytes());
            wrong += intact ? 0 : 1;
        }
        long intendedPs = good ? Payload.intendedPs(packet) : cpu.nowPs();
        queue.driver().statistics().ended(intendedPs, cpu.nowPs(), good ? completion.bytes() : 0);
        finishIfOver();
    }

    /** A packet has left, or could not. */
    void sent(Completion completion) {
        if (completion.status() != Completion.Status.SUCCESS) {
            failed++;
            finishIfOver();
        }
    }

    /** Asks the card what it has dropped. */
    void countDrops(Cpu cpu) {
        dropped = queue.read(cpu, QueueRegister.DROPPED) - droppedBefore;
        finishIfOver();
    }

    void fail(String why) {
        result = new JobResult(why, false, bytes);
    }

    private void finishIfOver() {
        if (result == null && ended() >= work.count()) {
            queue.driver().statistics().over(wrong, dropped + failed);
            result = new JobResult(outcome(), wrong == 0 && failed == 0, bytes);
        }
    }

    /** A packet that was dropped is nobody's mistake. */
    private String outcome() {
        if (wrong > 0) {
            return wrong + " packets with wrong bytes";
        }
        return failed > 0 ? failed + " packets failed" : "success";
    }
}
