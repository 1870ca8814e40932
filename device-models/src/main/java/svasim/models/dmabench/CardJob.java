package svasim.models.dmabench;

import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.procedure.Call;

/** A measurement that a program has asked for. */
final class CardJob implements Job {
    private final DmaBenchDriver driver;
    private final CardContext context;
    private final DmaBenchWork work;
    private long run;
    private int resets;
    private JobResult result;

    CardJob(DmaBenchDriver driver, CardContext context, DmaBenchWork work) {
        this.driver = driver;
        this.context = context;
        this.work = work;
    }

    @Override
    public Call<?> await(Waiting thread) {
        return CardWait.call(this, thread);
    }

    @Override
    public JobResult result() {
        return result;
    }

    DmaBenchDriver driver() {
        return driver;
    }

    CardContext context() {
        return context;
    }

    DmaBenchWork work() {
        return work;
    }

    /** The card has been started. */
    void started() {
        context.running(true);
        run = driver.runsEnded() + 1;
        resets = driver.errorHandlers().resets();
    }

    /** Whether the card has told the end. */
    boolean isOver() {
        return driver.runsEnded() >= run;
    }

    /** Whether the card has been reset since. */
    boolean isGivenUp() {
        return resets != driver.errorHandlers().resets();
    }

    /** The card has forgotten the measurement. */
    void giveUp() {
        context.running(false);
        refused("the card has been reset");
    }

    void refused(String why) {
        result = new JobResult(why, false, 0);
    }

    void ended(long taken, long failed) {
        context.running(false);
        long bytes = taken * driver.config().transfer().bytes();
        boolean good = failed == 0 && taken == work.samples();
        result = new JobResult(good ? "success" : failed + " accesses failed", good, bytes);
    }
}
