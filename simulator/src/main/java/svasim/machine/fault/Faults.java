package svasim.machine.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.os.task.Moment;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** Brings the faults of a scenario about when their time or their moment has come. */
public final class Faults implements TraceListener, EventHandler {
    private static final int BEGIN = 0;
    private static final int END = 1;

    /** Whether a fault happens at this one of its moments. */
    private static final Site CHOICE = new Site("machine.fault");

    private final Kernel kernel;
    private final IntFunction<String> lanes;
    private final List<Waiting> waiting = new ArrayList<>();

    /** A fault that has not happened, and how often its moment still has to come. */
    private static final class Waiting {
        private final Fault fault;
        private final Moment moment;
        private int left;

        Waiting(Fault fault) {
            this.fault = fault;
            boolean timed = fault.config().time() != null;
            this.moment = timed ? null : Moment.of(fault.config().moment());
            this.left = timed ? 0 : fault.config().occurrences();
        }

        boolean isMet(Kind kind, Object subject, String lane, Kernel kernel) {
            boolean here = moment.lane() == null || moment.lane().equals(lane);
            boolean now = moment.isStep() ? moment.what().equals(subject) : moment.isOf(kind);
            if (!here || !now || !fault.isPossible()) {
                return false;
            }
            if (fault.config().isChoice() && kernel.pick(CHOICE, fault.lane(), 2) == 0) {
                return false;
            }
            return --left == 0;
        }
    }

    /**
     * Arms the faults.
     *
     * @param sites where they happen in hardware
     * @param victims to whom they happen in software
     */
    public Faults(
            List<FaultConfig> configs,
            FaultSites sites,
            Victims victims,
            Kernel kernel,
            Trace trace) {
        this.kernel = kernel;
        this.lanes = trace::laneName;
        for (FaultConfig config : configs) {
            arm(new Waiting(new Fault(config, sites, victims, trace)));
        }
        if (!configs.isEmpty()) {
            trace.add(this);
        }
    }

    /** A fault that comes too late for everything else does not prolong the run. */
    private void arm(Waiting fault) {
        waiting.add(fault);
        if (fault.moment == null) {
            kernel.at(fault.fault.config().time().value(), this, BEGIN, waiting.size() - 1);
            kernel.watchdogsIdle(1);
        }
    }

    @Override
    public void handle(long nowPs, int kind, long index) {
        Waiting due = waiting.get((int) index);
        if (kind == END) {
            due.fault.end();
            return;
        }
        if (due.moment == null) {
            kernel.watchdogsIdle(-1);
        }
        due.fault.begin(nowPs);
        if (due.fault.config().lasts() != null) {
            kernel.after(due.fault.config().lasts().value(), this, END, index);
        }
    }

    /** What a guest does is a moment of the machine, too. */
    @Override
    public boolean hearsGuests() {
        return true;
    }

    @Override
    public boolean wants(Kind kind) {
        return waiting.stream().anyMatch(fault -> fault.left > 0 && isFor(fault.moment, kind));
    }

    private static boolean isFor(Moment moment, Kind kind) {
        return moment.isStep() ? kind == Kind.STEP : moment.isOf(kind);
    }

    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        for (int i = 0; i < waiting.size(); i++) {
            Waiting fault = waiting.get(i);
            if (fault.left > 0
                    && isFor(fault.moment, kind)
                    && fault.isMet(kind, subject, lanes.apply(lane), kernel)) {
                kernel.after(0, this, BEGIN, i);
            }
        }
    }
}
