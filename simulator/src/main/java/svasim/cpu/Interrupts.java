package svasim.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.pcie.fabric.MessageInterrupts;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Message-signalled interrupts: a write to the interrupt range becomes, after the interrupt's
 * latency, a call of the line's handler on its core. A message whose predecessor has not reached
 * the core yet merges with it, as in the local interrupt controller's request register. Parts of
 * the machine that have a wire instead are heard as messages to address 0 with its number.
 */
public final class Interrupts implements MessageInterrupts, EventHandler {
    private static final Site LATENESS = Site.lateness("cpu.interrupt", 3_000_000L, 60_000_000L);

    private static final long RANGE = 0xFEE0_0000L;
    private static final int DESTINATION_SHIFT = 12;
    private static final int DESTINATION_MASK = 0xFF;
    private static final int VECTOR_MASK = 0xFF;
    private static final int FIRST_VECTOR = 0x30;
    private static final int VECTORS = VECTOR_MASK + 1 - FIRST_VECTOR;
    private static final long WIRES = 0;

    private final Kernel kernel;
    private final Trace trace;
    private final Cores cores;
    private final List<Line> lines = new ArrayList<>();

    /** Lines by core and vector. */
    private final Map<Integer, Line> ofVectors = new HashMap<>();

    /** Lines that have a vector. */
    private int vectors;

    private final Map<Integer, Line> ofWires = new HashMap<>();

    /** The hard part of an interrupt: notes what has to be done and wakes whoever does it. */
    @FunctionalInterface
    public interface Handler {
        void interrupt(long nowPs);
    }

    /** What a device is programmed with to signal a line. */
    public record Message(long address, int data) {}

    private static final class Line {
        private final String name;
        private final int index;
        private final int number;
        private final int core;
        private final int lane;
        private final Handler handler;
        private boolean requested;

        Line(String name, int index, int number, int core, int lane, Handler handler) {
            this.name = name;
            this.index = index;
            this.number = number;
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

    /**
     * A new line that is delivered to a core, or to the next one that has a vector left.
     *
     * @throws IllegalStateException if no core has one
     */
    public Message allocate(String name, int wantedCore, Handler handler) {
        int number = vectors++;
        int vector = FIRST_VECTOR + number % VECTORS;
        int reachable = Math.min(cores.count(), DESTINATION_MASK + 1);
        for (int i = 0; i < reachable; i++) {
            int core = (wantedCore + number / VECTORS + i) % reachable;
            if (!ofVectors.containsKey(key(core, vector))) {
                ofVectors.put(key(core, vector), newLine(name, vector, core, handler));
                return new Message(RANGE | (long) core << DESTINATION_SHIFT, vector);
            }
        }
        throw new IllegalStateException(
                "interrupts: no vector left for " + name + " on " + reachable + " cores");
    }

    private static int key(int core, int vector) {
        return core << Byte.SIZE | vector;
    }

    /** The wire with this number is delivered to a core from now on. */
    public void connect(int wire, String name, int core, Handler handler) {
        ofWires.put(wire, newLine(name, wire, core, handler));
    }

    private Line newLine(String name, int number, int core, Handler handler) {
        int lane = trace.lane("core" + core);
        Line line = new Line(name, lines.size(), number, core, lane, handler);
        lines.add(line);
        return line;
    }

    @Override
    public void message(long address, int data, long nowPs) {
        Line line = address == WIRES ? ofWires.get(data) : ofVector(address, data);
        if (line == null || line.requested) {
            return;
        }
        line.requested = true;
        long late = kernel.lateness(LATENESS, line.lane);
        long atPs = nowPs + cores.config().interrupt().value() + late;
        kernel.at(atPs, this, line.index, 0);
    }

    private Line ofVector(long address, int data) {
        int core = (int) (address >>> DESTINATION_SHIFT) & DESTINATION_MASK;
        return ofVectors.get(key(core, data & VECTOR_MASK));
    }

    @Override
    public void handle(long nowPs, int index, long unused) {
        Line line = lines.get(index);
        line.requested = false;
        trace.tell(Kind.INTERRUPT, line.lane, line.number, line.core, 0, line.name);
        cores.get(line.core).steal(cores.config().interruptHandler().value());
        line.handler.interrupt(nowPs);
    }
}
