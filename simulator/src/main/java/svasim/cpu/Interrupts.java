package svasim.cpu;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.pcie.fabric.MessageInterrupts;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Message-signalled interrupts: a write to the interrupt range becomes, after the interrupt's
 * latency, a call of the line's handler on its core. A message whose predecessor has not reached
 * the core yet merges with it, as in the local interrupt controller's request register.
 */
public final class Interrupts implements MessageInterrupts, EventHandler {
    private static final Site LATENESS = Site.lateness("cpu.interrupt", 3_000_000L, 60_000_000L);

    private static final long RANGE = 0xFEE0_0000L;
    private static final int DESTINATION_SHIFT = 12;
    private static final int DESTINATION_MASK = 0xFF;
    private static final int VECTOR_MASK = 0xFF;
    private static final int FIRST_VECTOR = 0x30;

    private final Kernel kernel;
    private final Trace trace;
    private final Cores cores;
    private final List<Line> lines = new ArrayList<>();

    /** The hard part of an interrupt: notes what has to be done and wakes whoever does it. */
    @FunctionalInterface
    public interface Handler {
        void interrupt(long nowPs);
    }

    /** What a device is programmed with to signal a line. */
    public record Message(long address, int data) {}

    private static final class Line {
        private final String name;
        private final int core;
        private final int lane;
        private final Handler handler;
        private boolean requested;

        Line(String name, int core, int lane, Handler handler) {
            this.name = name;
            this.core = core;
            this.lane = lane;
            this.handler = handler;
        }
    }

    public Interrupts(Kernel kernel, Trace trace, Cores cores) {
        this.kernel = kernel;
        this.trace = trace;
        this.cores = cores;
    }

    /** A new line that is delivered to a core. */
    public Message allocate(String name, int core, Handler handler) {
        int vector = FIRST_VECTOR + lines.size();
        if (vector > VECTOR_MASK) {
            throw new IllegalStateException("interrupts: no vector left for " + name);
        }
        lines.add(new Line(name, core, trace.lane("core" + core), handler));
        return new Message(RANGE | (long) core << DESTINATION_SHIFT, vector);
    }

    @Override
    public void message(long address, int data, long nowPs) {
        int index = (data & VECTOR_MASK) - FIRST_VECTOR;
        if (index < 0 || index >= lines.size()) {
            return;
        }
        Line line = lines.get(index);
        boolean right = (address >>> DESTINATION_SHIFT & DESTINATION_MASK) == line.core;
        if (!right || line.requested) {
            return;
        }
        line.requested = true;
        long late = kernel.lateness(LATENESS);
        kernel.at(nowPs + cores.config().interrupt().value() + late, this, index, 0);
    }

    @Override
    public void handle(long nowPs, int index, long unused) {
        Line line = lines.get(index);
        line.requested = false;
        trace.tell(Kind.INTERRUPT, line.lane, FIRST_VECTOR + index, line.core, 0, line.name);
        cores.get(line.core).steal(cores.config().interruptHandler().value());
        line.handler.interrupt(nowPs);
    }
}
