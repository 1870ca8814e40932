package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.Kernel;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;
import svasim.units.ByteSize;

/** A root complex with one port, a device that only records, and an agent that the test answers. */
final class FabricRig implements TranslationAgent, LinkDevice {
    static final long BAR = 0x2000_0000_0000L;
    static final long MEMORY_END = 1L << 30;

    /** A request that waits for the test's answer. */
    record Question(Tlp.MemoryRequest request, long token, Reply reply) {
        void translated(long address) {
            reply.translated(token, address);
        }

        void refused(CompletionStatus status) {
            reply.refused(token, status);
        }

        void stalled() {
            reply.stalled(token);
        }
    }

    final Kernel kernel = new Kernel();
    final Trace trace = new Trace(kernel);
    final PhysicalMemory memory = new PhysicalMemory(0, MEMORY_END);
    final MemoryConfig memoryConfig =
            new MemoryConfig(null, new ByteSize(MEMORY_END), null, null, null, null, null);
    final List<String> happened = new ArrayList<>();
    final List<Tlp> received = new ArrayList<>();
    final List<Long> receivedPs = new ArrayList<>();
    final List<Question> questions = new ArrayList<>();
    final List<Tlp> atAgent = new ArrayList<>();
    final Host host;
    final RootComplex rootComplex;
    final RootPort port;
    TlpSink agentSink;
    Accesses accesses;

    /** Addresses are answered at once, unchanged, unless the test wants to answer. */
    boolean answerMyself;

    FabricRig(RootComplexConfig config, RootPortConfig portConfig, boolean withAgent) {
        this(config, portConfig, withAgent, true);
    }

    /** Nothing is attached yet. */
    FabricRig(RootComplexConfig config, RootPortConfig portConfig) {
        this(config, portConfig, true, false);
    }

    private FabricRig(
            RootComplexConfig config,
            RootPortConfig portConfig,
            boolean withAgent,
            boolean attached) {
        host =
                new Host(
                        kernel,
                        trace,
                        new Statistics(),
                        memory,
                        new MemoryTiming(memoryConfig),
                        (address, data, nowPs) ->
                                happened.add(String.format("interrupt %x", data)));
        trace.add(new Listener());
        rootComplex = new RootComplex("rc0", config, host);
        port = rootComplex.addPort("rp0", portConfig, withAgent ? this : null);
        if (attached) {
            port.attach(this);
        }
    }

    /** Nothing is attached yet. */
    static FabricRig bare() {
        return new FabricRig(new RootComplexConfig(), new RootPortConfig());
    }

    static FabricRig plain() {
        return new FabricRig(new RootComplexConfig(), new RootPortConfig(), true);
    }

    /** The device sends. */
    void send(Tlp tlp) {
        if (!port.upstream().offer(tlp, kernel.nowPs())) {
            throw new AssertionError("refused: " + tlp);
        }
    }

    void run() {
        kernel.runUntilQuiet();
    }

    Question question(int index) {
        return questions.get(index);
    }

    Tlp.Completion completion(int index) {
        return (Tlp.Completion) received.get(index);
    }

    @Override
    public void connect(TlpSink downstream, int agentId) {
        agentSink = downstream;
    }

    @Override
    public void watch(Accesses behindTheAgent) {
        accesses = behindTheAgent;
    }

    /** Whether all that the agent has let through is carried out, now or after a while. */
    boolean drains() {
        accesses.whenCarriedOut(() -> happened.add("drained"));
        run();
        return happened.remove("drained");
    }

    @Override
    public void translate(Tlp.MemoryRequest request, long nowPs, long token, Reply reply) {
        questions.add(new Question(request, token, reply));
        if (!answerMyself) {
            reply.translated(token, request.address());
        }
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        atAgent.add(tlp);
        happened.add("agent " + tlp.getClass().getSimpleName());
    }

    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        received.add(tlp);
        receivedPs.add(nowPs);
        return true;
    }

    @Override
    public String name() {
        return "device";
    }

    @Override
    public int requesterId() {
        return Packet.DEVICE;
    }

    @Override
    public ConfigurationSpace configuration() {
        return new ConfigurationSpace();
    }

    @Override
    public int maxPayloadBytes() {
        return 128;
    }

    @Override
    public boolean claims(long address) {
        return address >= BAR && address < BAR + 4096;
    }

    @Override
    public long readRegister(long address, int bytes, long nowPs) {
        return received.size();
    }

    @Override
    public void linkReady(long nowPs) {}

    @Override
    public void hotReset(long nowPs) {}

    @Override
    public void removed(long nowPs) {}

    private final class Listener implements TraceListener {
        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.DMA_READ || kind == Kind.DMA_WRITE || kind == Kind.TLP_DROPPED;
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
            happened.add(
                    kind == Kind.TLP_DROPPED
                            ? "dropped " + DropReason.of(a)
                            : String.format("%s %x", kind, a));
        }
    }
}
