package svasim.models.dsa.device;

/** A descriptor that needs no access to memory: a no-op, or one that is refused. */
final class Immediate implements Execution {
    private final Engine engine;
    private final Work work;
    private Outcome outcome;

    Immediate(Engine engine, Work work, Outcome outcome) {
        this.engine = engine;
        this.work = work;
        this.outcome = outcome;
    }

    @Override
    public void begin(long nowPs) {
        engine.finished(nowPs, work, outcome);
    }

    @Override
    public void abort(long nowPs) {
        outcome = Outcome.ABORTED;
    }

    @Override
    public String waitingFor() {
        return "its completion record";
    }
}
