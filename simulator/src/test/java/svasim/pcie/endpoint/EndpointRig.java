package svasim.pcie.endpoint;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.fabric.Host;
import svasim.pcie.fabric.RootComplex;
import svasim.pcie.fabric.RootComplexConfig;
import svasim.pcie.fabric.RootPort;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.link.LinkConfig;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpCodec;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/**
 * A function on a link of generation 3 with eight lanes, below a root complex, memory and agent.
 */
final class EndpointRig {
    static final int RID = 0x3B01;
    static final int AGENT = 0x0008;
    static final int PASID = 0x12345;
    static final long VA = 0x7F12_3456_8000L;
    static final long PA = 0x3_4567_9000L;
    static final long RW = 3;

    /** What a client was told. */
    record Outcome(long timePs, long token, DmaStatus status, long faultAddress) {}

    final Kernel kernel;
    final Trace trace;
    final Statistics statistics = new Statistics();
    final PhysicalMemory memory = new PhysicalMemory();
    final TableAgent agent;
    final RootComplex rootComplex;
    final RootPort port;
    final Function function;

    /** The function itself, or the physical one with the PASID and PRI of a virtual one. */
    final Function physical;

    final List<Outcome> outcomes = new ArrayList<>();

    /** Packets in the order of their sending, both ways. */
    final List<Tlp> sent = new ArrayList<>();

    final List<Long> sentPs = new ArrayList<>();
    final List<DropReason> drops = new ArrayList<>();
    final List<String> memoryAccesses = new ArrayList<>();

    EndpointRig(EndpointConfig config, LinkConfig link, Choices choices) {
        this(config, link, choices, false);
    }

    private EndpointRig(
            EndpointConfig config, LinkConfig link, Choices choices, boolean isVirtual) {
        kernel = new Kernel(0, choices);
        trace = new Trace(kernel);
        agent = new TableAgent(kernel);
        trace.add(new Listener());
        MemoryConfig memoryConfig = MemoryConfig.defaults();
        Host host =
                new Host(
                        kernel,
                        trace,
                        statistics,
                        memory,
                        new MemoryTiming(memoryConfig),
                        (address, data, nowPs) ->
                                memoryAccesses.add("interrupt " + Integer.toHexString(data)));
        rootComplex = new RootComplex("rc0", new RootComplexConfig(), host);
        port = rootComplex.addPort("rp0", new RootPortConfig(false, true, link), agent);
        if (isVirtual) {
            physical = new Function("pf0", RID - 1, config, port, host);
            VirtualFunctions functions = physical.virtualize(new VirtualFunctionsConfig(1, 1, 1));
            function = functions.add("dev0", config);
            functions.enable();
        } else {
            function = new Function("dev0", RID, config, port, host);
            physical = function;
        }
    }

    /** The same with a virtual function in the place of the function. */
    static EndpointRig virtual(EndpointConfig config) {
        return new EndpointRig(config, LinkConfig.of(3, 8), Choices.PLAIN, true);
    }

    EndpointRig(EndpointConfig config) {
        this(config, LinkConfig.of(3, 8), Choices.PLAIN);
    }

    /** PASID, ATS and PRI on, one page mapped. */
    static EndpointRig ready() {
        return new EndpointRig(new EndpointConfig()).enabled().mapped();
    }

    EndpointRig enabled() {
        return pasid(true).ats(true).pri(true);
    }

    EndpointRig mapped() {
        agent.map(PASID, VA, PA, 12, RW);
        return this;
    }

    EndpointRig pasid(boolean on) {
        int all = PasidCapability.ENABLE | PasidCapability.EXECUTE | PasidCapability.PRIVILEGED;
        control(PasidCapability.ID, PasidCapability.CONTROL, on ? all : 0);
        return this;
    }

    EndpointRig ats(boolean on) {
        control(AtsCapability.ID, AtsCapability.CONTROL, on ? AtsCapability.ENABLE : 0);
        return this;
    }

    EndpointRig pri(boolean on) {
        if (on) {
            allocation(32);
        }
        control(PriCapability.ID, PriCapability.CONTROL, on ? PriCapability.ENABLE : 0);
        return this;
    }

    void allocation(int requests) {
        ConfigurationSpace space = physical.configuration();
        space.write(space.findExtended(PriCapability.ID) + PriCapability.ALLOCATION, 4, requests);
    }

    int priStatus() {
        ConfigurationSpace space = physical.configuration();
        return space.read(space.findExtended(PriCapability.ID) + PriCapability.STATUS, 2);
    }

    void control(int capability, int register, int value) {
        boolean own = capability == AtsCapability.ID;
        ConfigurationSpace space = (own ? function : physical).configuration();
        space.write(space.findExtended(capability) + register, 2, value);
    }

    /** A read of bytes; the token is the number of the call. */
    byte[] read(int pasid, long address, int bytes) {
        byte[] buffer = new byte[bytes];
        submit(DmaRequest.of(pasid, address, buffer), false);
        return buffer;
    }

    void write(int pasid, long address, byte... data) {
        submit(DmaRequest.of(pasid, address, data), true);
    }

    void submit(DmaRequest request, boolean write) {
        DmaClient client =
                (nowPs, token, status, fault) ->
                        outcomes.add(new Outcome(nowPs, token, status, fault));
        if (write) {
            function.dma().write(request, client, outcomes.size());
        } else {
            function.dma().read(request, client, outcomes.size());
        }
    }

    EndpointRig run() {
        kernel.runUntilQuiet();
        return this;
    }

    void runFor(long ps) {
        kernel.run(kernel.nowPs() + ps, Long.MAX_VALUE);
    }

    DmaStatus lastStatus() {
        return outcomes.get(outcomes.size() - 1).status();
    }

    <T extends Tlp> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Bytes of the n-th packet, words apart. */
    String hex(int index) {
        return HexFormat.of()
                .formatHex(TlpCodec.encode(sent.get(index)))
                .replaceAll("(.{8})(?=.)", "$1 ");
    }

    long counter(String name) {
        return statistics.counters().get("dev0." + name).value();
    }

    private final class Listener implements TraceListener {
        @Override
        public boolean wants(Kind kind) {
            return kind.category() == Kind.Category.FABRIC;
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
                case TLP_SENT -> {
                    sent.add((Tlp) subject);
                    sentPs.add(timePs);
                }
                case TLP_DROPPED -> drops.add(DropReason.of(a));
                case DMA_READ, DMA_WRITE ->
                        memoryAccesses.add(String.format(Locale.ROOT, "%s %x", kind, a));
                default -> {}
            }
        }
    }
}
