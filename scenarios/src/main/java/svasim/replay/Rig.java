package svasim.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.kernel.Kernel;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.pcie.fabric.TranslationAgent;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/**
 * One IOMMU on a bench: everything around it is memory and a fabric that remembers what it was
 * given.
 */
final class Rig implements TranslationAgent.Reply, TraceListener {
    /** A unit without an event for so long waits for a message or a time-out. */
    private static final long QUIET_PS = 20_000_000;

    /** Requester ID of the IOMMU; no capture has a function there. */
    private static final int AGENT = 0xFFFF;

    private static final int DEVICE_COMPLETES = 0;
    private static final long DEVICE_TIME_PS = 1_000;

    final Kernel kernel = new Kernel();
    final PhysicalMemory memory;
    final Iommu iommu;
    final Deque<ExecutedCommand> commands = new ArrayDeque<>();
    final Deque<Tlp.InvalidateRequest> invalidations = new ArrayDeque<>();
    final Deque<Tlp.PageGroupResponse> responses = new ArrayDeque<>();

    private final Set<Long> sent = new TreeSet<>();
    private final boolean devicesAcknowledge;
    private final List<Tlp.Completion> completions = new ArrayList<>();
    private final List<Tlp.InvalidateRequest> toComplete = new ArrayList<>();
    private Answer answer = Answer.NONE;
    private int lastCode = Answer.NO_CODE;

    Rig(CaptureUnit unit, boolean devicesAcknowledge, UnitFactory factory) {
        this.devicesAcknowledge = devicesAcknowledge;
        memory =
                unit.ramSize() == 0
                        ? new PhysicalMemory()
                        : new PhysicalMemory(unit.ramBase(), unit.ramSize());
        Trace trace = new Trace(kernel);
        trace.add(this);
        iommu = factory.create(unit, surroundings(trace));
        iommu.connect(this::downstream, AGENT);
    }

    private Surroundings surroundings(Trace trace) {
        return new Surroundings(
                "iommu0",
                kernel,
                trace,
                new Statistics(),
                memory,
                new MemoryTiming(MemoryConfig.defaults()),
                (address, data, nowPs) -> {});
    }

    /** Runs until nothing happens any more; what only a time-out would change stays. */
    void settle() {
        long before;
        do {
            before = kernel.eventsRun();
            if (kernel.run(kernel.nowPs() + QUIET_PS, Long.MAX_VALUE) == Kernel.End.QUIET) {
                return;
            }
        } while (kernel.eventsRun() != before);
    }

    /** Lets time pass, with the time-outs that are due. */
    void pass(long ps) {
        kernel.run(kernel.nowPs() + ps, Long.MAX_VALUE);
        settle();
    }

    /** Sends a memory request and waits for what becomes of it. */
    Answer request(Tlp.MemoryRequest request) {
        answer = Answer.NONE;
        lastCode = Answer.NO_CODE;
        iommu.translate(request, kernel.nowPs(), 0, this);
        settle();
        return answer;
    }

    /** Sends a message. */
    void send(Tlp tlp) {
        iommu.receive(tlp, kernel.nowPs());
        settle();
    }

    /** Sends a Translation Request; the pieces of its completion, empty if none came. */
    List<Tlp.Completion> ask(Tlp.TranslationRequest request) {
        completions.clear();
        send(request);
        return List.copyOf(completions);
    }

    void complete(int requesterId, int itags, int completionCount) {
        send(
                new Tlp.InvalidateCompletion(
                        requesterId, AGENT, completionCount, itags, Attributes.DEFAULT));
    }

    private boolean downstream(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.Completion completion) {
            completions.add(completion);
        } else if (tlp instanceof Tlp.PageGroupResponse response) {
            responses.add(response);
        } else if (tlp instanceof Tlp.InvalidateRequest invalidation) {
            invalidations.add(invalidation);
            if (devicesAcknowledge) {
                toComplete.add(invalidation);
                kernel.after(DEVICE_TIME_PS, this::deviceCompletes, DEVICE_COMPLETES, 0);
            }
        }
        return true;
    }

    private void deviceCompletes(long nowPs, int kind, long data) {
        Tlp.InvalidateRequest done = toComplete.remove(0);
        int function = done.destinationId();
        iommu.receive(
                new Tlp.InvalidateCompletion(
                        function, AGENT, 1, 1 << done.itag(), Attributes.DEFAULT),
                nowPs);
    }

    @Override
    public void translated(long token, long address) {
        answer = new Answer(CompletionStatus.SUCCESS, true, address, Answer.NO_CODE);
    }

    @Override
    public void refused(long token, CompletionStatus status) {
        answer = new Answer(status, false, 0, lastCode);
    }

    @Override
    public boolean wants(Kind kind) {
        return switch (kind) {
            case TRANSLATION_FAULTED, COMMAND_EXECUTED, INVALIDATION_SENT, INVALIDATION_COMPLETED ->
                    true;
            default -> false;
        };
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
        switch (kind) {
            case COMMAND_EXECUTED -> {
                commands.add(new ExecutedCommand(a, b, sent));
                sent.clear();
            }
            case INVALIDATION_SENT ->
                    sent.add(request(((Tlp.InvalidateRequest) subject).destinationId(), 1L << c));
            case INVALIDATION_COMPLETED -> completed(request((int) a, b));
            default -> lastCode = (int) c;
        }
    }

    private void completed(long request) {
        sent.remove(request);
        commands.forEach(command -> command.completed(request));
    }

    /** Number of an Invalidate Request under way. */
    private static long request(int requesterId, long itagBit) {
        return (long) requesterId << Integer.SIZE | itagBit;
    }
}
