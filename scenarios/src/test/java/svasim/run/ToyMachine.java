package svasim.run;

import java.util.ArrayList;
import java.util.List;
import svasim.check.Finding;
import svasim.check.Violation;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.scenario.BoundScenario;
import svasim.stats.Counter;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * A machine of a few events: a PASID lives and dies. Twelve things may be late; if the third and
 * the eighth are, an invariant is broken.
 */
public final class ToyMachine implements Simulation {
    private static final Site LATE = new Site("toy.late");
    private static final int QUESTIONS = 12;
    private static final long STEP_PS = 1_500_000;
    private static final int PASID = 7;
    private static final int MM = 1;
    private static final int DEVICE = 0x0108;

    private final Kernel kernel;
    private final Trace trace;
    private final Statistics statistics = new Statistics();
    private final Counter steps;
    private final org.HdrHistogram.Histogram delays;
    private final List<Violation> violations = new ArrayList<>();
    private boolean thirdLate;

    private ToyMachine(long seed, Choices choices) {
        kernel = new Kernel(seed, choices);
        trace = new Trace(kernel);
        steps = statistics.counter("toy.steps", "steps taken");
        delays = statistics.latency("toy.delay.ps", "time of a step");
    }

    /** Makes it from any scenario. */
    public static Assembly assembly() {
        return (BoundScenario scenario, long seed, Choices choices) ->
                new ToyMachine(seed, choices);
    }

    @Override
    public Kernel.End run(long untilPs, long maxEvents) {
        for (int i = 0; i < QUESTIONS; i++) {
            kernel.at(i * STEP_PS, this::step, i, 0);
        }
        return kernel.run(untilPs, maxEvents);
    }

    private void step(long nowPs, int step, long data) {
        steps.increment();
        delays.recordValue(STEP_PS);
        trace.tell(Kind.STEP, trace.lane("app"), 1, 0, 1000, "toy/step " + step);
        boolean late = kernel.pick(LATE, trace.lane("app"), 3) == 2;
        thirdLate |= late && step == 3;
        if (late && step == 8 && thirdLate) {
            breakInvariant(nowPs);
        }
        int lane = trace.lane("os");
        switch (step) {
            case 0 -> trace.tell(Kind.PASID_ALLOCATED, lane, PASID, MM, 0);
            case 1 -> trace.tell(Kind.BOUND, lane, PASID, DEVICE, MM);
            case 2 -> sendTlp();
            case 9 -> trace.tell(Kind.CUT, lane, PASID, DEVICE, MM);
            case 10 -> trace.tell(Kind.DRAINED, lane, PASID, DEVICE, 0);
            case 11 -> trace.tell(Kind.PASID_FREED, lane, PASID, MM, 0);
            default -> trace.tell(Kind.DMA_READ, trace.lane("rc0"), 0x1000, 64, DEVICE);
        }
    }

    private void sendTlp() {
        Tlp read =
                new Tlp.MemoryRead(
                        DEVICE,
                        1,
                        0x2000,
                        64,
                        AddressType.UNTRANSLATED,
                        new PasidPrefix(PASID),
                        Attributes.DEFAULT);
        trace.tell(Kind.TLP_SENT, trace.lane("port0"), 24, kernel.nowPs(), 0, read);
    }

    private void breakInvariant(long nowPs) {
        Violation violation =
                new Violation(
                        "I-11",
                        "a fresh PASID is fresh",
                        nowPs,
                        new Finding("late", PASID, -1, MM, Finding.NONE),
                        List.of());
        violations.add(violation);
        trace.tell(Kind.VIOLATION, trace.lane("checker"), 0, 0, 0, violation);
    }

    @Override
    public Trace trace() {
        return trace;
    }

    @Override
    public Kernel kernel() {
        return kernel;
    }

    @Override
    public Statistics statistics() {
        return statistics;
    }

    @Override
    public List<Violation> violations() {
        return violations;
    }

    @Override
    public List<String> waitingFor() {
        return List.of();
    }

    @Override
    public List<String> failures() {
        return List.of();
    }

    @Override
    public String processOf(int lane, long mm) {
        return mm == MM ? "app" : null;
    }

    @Override
    public String deviceOf(int lane, long requesterId) {
        return requesterId == DEVICE ? "dsa0" : null;
    }

    @Override
    public byte[] contents(String buffer) {
        return switch (buffer) {
            case "app.src", "app.dst" -> new byte[] {1, 2, 3};
            case "app.other" -> new byte[] {1, 2, 4};
            default -> null;
        };
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public List<String> hypothetical() {
        return List.of();
    }
}
