package svasim.iommu.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.kernel.Kernel;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.pcie.fabric.TranslationAgent;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** Everything around a unit under test: memory, a fabric that remembers, a device that asks. */
public final class UnitBench implements TranslationAgent.Reply, TraceListener {
    public static final int NO_CODE = -1;
    public static final long NOTHING = -1;
    public static final int AGENT = 0xFFFE;
    public static final long DRAM_PS = 85_000;

    /** A run of this length ends before any time-out. */
    private static final long SETTLE_PS = 100_000_000;

    /** What became of a memory request. */
    public record Outcome(boolean pending, CompletionStatus status, long address, int code) {
        public boolean translated() {
            return !pending && status == null;
        }
    }

    /** An interrupt message. */
    public record Message(long address, int data) {}

    public final Kernel kernel = new Kernel();
    public final PhysicalMemory memory;
    public final HeardForwarding forwarding = new HeardForwarding();
    public final Statistics statistics = new Statistics();
    public final List<Tlp> sent = new ArrayList<>();
    public final List<Message> messages = new ArrayList<>();
    public final List<Long> executed = new ArrayList<>();
    public final List<String> executedNames = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Trace trace = new Trace(kernel);
    private final BenchTiming timing = new BenchTiming();
    private Iommu iommu;
    private int lastCode = NO_CODE;
    private long lastGrant = NOTHING;
    private Tlp told;
    private boolean devicesAnswer = true;

    public UnitBench(PhysicalMemory memory) {
        this.memory = memory;
        trace.add(this);
    }

    public Surroundings surroundings() {
        return new Surroundings(
                        "iommu0",
                        kernel,
                        trace,
                        statistics,
                        memory,
                        timing,
                        (address, data, nowPs) -> messages.add(new Message(address, data)))
                .with(forwarding);
    }

    public void connect(Iommu unit) {
        iommu = unit;
        unit.connect(this::downstream, AGENT);
    }

    /** From now on a line answers slowly but for the first time: entries come in slow pieces. */
    public void slowPieces(long delayPs) {
        timing.againPs = delayPs;
        timing.seen.clear();
    }

    /** Whether devices complete Invalidate Requests by themselves. */
    public void devicesAnswer(boolean byThemselves) {
        devicesAnswer = byThemselves;
    }

    /** Memory in which a line may be slow to answer twice. */
    private static final class BenchTiming extends MemoryTiming {
        private static final int LINE_SHIFT = 6;
        private final Set<Long> seen = new HashSet<>();
        private long againPs;

        BenchTiming() {
            super(MemoryConfig.defaults());
        }

        @Override
        public long dramDonePs(long nowPs, long address, int bytes) {
            boolean first = seen.add(address >>> LINE_SHIFT);
            return super.dramDonePs(nowPs, address, bytes) + (first ? 0 : againPs);
        }
    }

    /** Runs until only time-outs are left. */
    public void settle() {
        kernel.run(kernel.nowPs() + SETTLE_PS, Long.MAX_VALUE);
    }

    /** Lets go of what has happened so far, for long tests. */
    public void forgetHistory() {
        sent.clear();
        messages.clear();
        executed.clear();
        executedNames.clear();
        outcomes.clear();
    }

    /** Starts an untranslated request; the result is for {@link #outcome}. */
    public int start(int requesterId, int pasid, long address, int access) {
        return send(request(requesterId, pasid, address, access, AddressType.UNTRANSLATED));
    }

    /** Sends a memory request; the result is for {@link #outcome}. */
    public int send(Tlp.MemoryRequest request) {
        outcomes.add(new Outcome(true, null, 0, NO_CODE));
        int token = outcomes.size() - 1;
        iommu.translate(request, kernel.nowPs(), token, this);
        return token;
    }

    public Outcome outcome(int token) {
        return outcomes.get(token);
    }

    /** An untranslated request and what becomes of it. */
    public Outcome access(int requesterId, int pasid, long address, int access) {
        int token = start(requesterId, pasid, address, access);
        settle();
        return outcome(token);
    }

    /** A translated request and what becomes of it. */
    public Outcome translated(int requesterId, int pasid, long address, int access) {
        int token = send(request(requesterId, pasid, address, access, AddressType.TRANSLATED));
        settle();
        return outcome(token);
    }

    /** A Translation Request for one page, and its completion. */
    public Tlp.Completion ask(int requesterId, int pasid, long page, boolean noWrite) {
        sent.clear();
        iommu.receive(
                new Tlp.TranslationRequest(
                        requesterId, 0, page, 1, noWrite, prefix(pasid, 0), Attributes.DEFAULT),
                kernel.nowPs());
        settle();
        return (Tlp.Completion) sent.remove(0);
    }

    /** A page request; {@code last} of its group. */
    public void requestPage(int requesterId, int pasid, long page, int group) {
        iommu.receive(
                new Tlp.PageRequest(requesterId, page, group, true, true, true, prefix(pasid, 0)),
                kernel.nowPs());
        settle();
    }

    /** An Invalidate Completion. */
    public void complete(int requesterId, int itags) {
        iommu.receive(
                new Tlp.InvalidateCompletion(requesterId, AGENT, 1, itags, Attributes.DEFAULT),
                kernel.nowPs());
    }

    public long counter(String name) {
        return statistics.counters().get("iommu0." + name).value();
    }

    /** A read or write of one byte. */
    public static Tlp.MemoryRequest request(
            int requesterId, int pasid, long address, int access, AddressType type) {
        PasidPrefix prefix = prefix(pasid, access);
        if ((access & Access.WRITE) != 0) {
            return new Tlp.MemoryWrite(
                    requesterId, address, new byte[1], type, prefix, Attributes.DEFAULT);
        }
        int bytes = (access & Access.ZERO_LENGTH) != 0 ? 0 : 1;
        return new Tlp.MemoryRead(requesterId, 0, address, bytes, type, prefix, Attributes.DEFAULT);
    }

    /** The prefix of a request, or null. */
    public static PasidPrefix prefix(int pasid, int access) {
        return pasid == PasidPrefix.NONE
                ? null
                : new PasidPrefix(
                        pasid, (access & Access.PRIVILEGED) != 0, (access & Access.EXECUTE) != 0);
    }

    private boolean downstream(Tlp tlp, long nowPs) {
        sent.add(tlp);
        if (devicesAnswer && tlp instanceof Tlp.InvalidateRequest request) {
            kernel.after(
                    1,
                    (now, kind, data) -> complete(request.destinationId(), 1 << request.itag()),
                    0,
                    0);
        }
        return true;
    }

    @Override
    public void translated(long token, long address) {
        outcomes.set((int) token, new Outcome(false, null, address, NO_CODE));
    }

    @Override
    public void refused(long token, CompletionStatus status) {
        outcomes.set((int) token, new Outcome(false, status, 0, lastCode));
    }

    /** What the trace said last of a request: the address that it was given, or its fault code. */
    public String told() {
        String kind = told == null ? "nothing" : told.getClass().getSimpleName();
        return lastGrant == NOTHING
                ? kind + " refused"
                : kind + " given " + Long.toHexString(lastGrant);
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.TRANSLATION_FAULTED
                || kind == Kind.TRANSLATED
                || kind == Kind.COMMAND_EXECUTED;
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
        if (kind == Kind.COMMAND_EXECUTED) {
            executed.add(a);
            executedNames.add((String) subject);
        } else if (kind == Kind.TRANSLATED) {
            told = (Tlp) subject;
            lastGrant = c;
        } else {
            told = (Tlp) subject;
            lastGrant = NOTHING;
            lastCode = (int) c;
            ProvokedCodes.told(lastCode);
        }
    }
}
