package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.pcie.link.CreditConfig;
import svasim.pcie.link.LinkConfig;
import svasim.pcie.link.LinkConfigs;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Root ports, switches and functions put together by chance, beside the slow model of them. */
final class RandomFabric implements TranslationAgent {
    static final long MEMORY_END = 1L << 30;

    final Kernel kernel;
    final Random random;
    final boolean peerToPeer;
    final RootComplex rootComplex;
    final List<ModelPort> roots = new ArrayList<>();
    final List<ModelPort> ports = new ArrayList<>();
    final List<FabricNode> nodes = new ArrayList<>();

    /** Requests in the order in which memory has seen them. */
    final List<Tlp> atMemory = new ArrayList<>();

    private final Host host;
    private int lastBus;

    RandomFabric(long seed) {
        random = new Random(seed);
        kernel = new Kernel(seed, Choices.PLAIN);
        Trace trace = new Trace(kernel);
        trace.add(new Listener());
        MemoryConfig memory =
                new MemoryConfig(null, new ByteSize(MEMORY_END), null, null, null, null, null);
        host =
                new Host(
                        kernel,
                        trace,
                        new Statistics(),
                        new PhysicalMemory(0, MEMORY_END),
                        new MemoryTiming(memory),
                        (address, data, nowPs) -> {});
        peerToPeer = random.nextInt(4) != 0;
        rootComplex = new RootComplex("rc0", complex(), host);
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            List<String> peers = names("rp", count);
            addRoot("rp" + i, peers);
        }
    }

    private RootComplexConfig complex() {
        int inFlight = 2 + random.nextInt(20);
        Integer most = random.nextBoolean() ? null : 65 + random.nextInt(40);
        WriteBufferConfig lines = new WriteBufferConfig(most, null);
        return new RootComplexConfig(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                peerToPeer,
                inFlight,
                lines,
                null,
                null,
                null);
    }

    private static List<String> names(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(prefix + i);
        }
        return names;
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    /** Whether prefixes are supported, and whether they are blocked; nobody blocks without. */
    private boolean[] prefixes() {
        boolean supported = !chance(8);
        return new boolean[] {supported, supported && chance(8)};
    }

    private AccessControlConfig access(List<String> peers) {
        List<String> barred = new ArrayList<>(peers);
        barred.removeIf(peer -> chance(2));
        return new AccessControlConfig(
                true,
                chance(2),
                chance(2),
                chance(2),
                chance(6),
                chance(2),
                chance(3) ? barred : null);
    }

    private LinkConfig link() {
        CreditConfig credits =
                new CreditConfig(
                        1 + random.nextInt(8),
                        16 + random.nextInt(64),
                        1 + random.nextInt(4),
                        2 + random.nextInt(8),
                        chance(2) ? 0 : 1 + random.nextInt(4),
                        chance(2) ? 0 : 16 + random.nextInt(32),
                        null);
        LinkConfig wide = LinkConfig.of(1 + random.nextInt(5), chance(2) ? 1 : 4);
        LinkConfig buffered = LinkConfigs.withBuffers(wide, 1 + random.nextInt(8), credits);
        LinkConfig link =
                LinkConfigs.withTimes(
                        buffered, Picoseconds.ofNanos(random.nextInt(200)), Picoseconds.ofNanos(0));
        return chance(3) ? LinkConfigs.withErrors(link, 1e-5) : link;
    }

    private void addRoot(String name, List<String> peers) {
        boolean[] prefixes = prefixes();
        AccessControlConfig access = access(peers);
        RootPortConfig config =
                new RootPortConfig(null, prefixes[0], prefixes[1], null, null, access, link());
        RootPort port = rootComplex.addPort(name, config, this);
        mark(access, peers, port::controlEgress);
        ModelPort model = new ModelPort(name, port, null, prefixes, access);
        roots.add(model);
        int secondary = lastBus + 1;
        fill(model, 0);
        port.header().buses(0, secondary, lastBus);
    }

    private static void mark(
            AccessControlConfig access,
            List<String> peers,
            java.util.function.IntConsumer control) {
        if (access.egressControl() != null) {
            access.egressControl().forEach(peer -> control.accept(peers.indexOf(peer)));
        }
    }

    private void fill(ModelPort model, int depth) {
        ports.add(model);
        int bus = ++lastBus;
        if (depth < 3 && chance(2)) {
            addSwitch(model, bus, depth);
            return;
        }
        int count = 1 + random.nextInt(2);
        for (int function = 0; function < count; function++) {
            FabricNode node = new FabricNode(bus << 8 | function, model, kernel, random);
            model.nodes.add(node);
            nodes.add(node);
        }
    }

    private void addSwitch(ModelPort above, int bus, int depth) {
        boolean[] own = prefixes();
        List<String> names = names("p", 1 + random.nextInt(3));
        Map<String, SwitchPortConfig> configs = new TreeMap<>();
        Map<String, ModelPort> models = new HashMap<>();
        ModelPort.ModelSwitch model = new ModelPort.ModelSwitch(above, own);
        Map<String, boolean[]> prefixes = new HashMap<>();
        Map<String, AccessControlConfig> access = new HashMap<>();
        for (String name : names) {
            prefixes.put(name, prefixes());
            access.put(name, access(names));
            configs.put(
                    name,
                    new SwitchPortConfig(
                            prefixes.get(name)[0],
                            prefixes.get(name)[1],
                            null,
                            null,
                            access.get(name),
                            link()));
        }
        SwitchConfig config =
                new SwitchConfig("", null, own[0], own[1], 1 + random.nextInt(6), configs);
        Switch placed = new Switch("sw" + bus, bus << 8, config, above.port, host);
        above.below = model;
        int inside = ++lastBus;
        for (String name : names) {
            SwitchPort port = placed.port(name);
            mark(access.get(name), names, port::controlEgress);
            models.put(
                    name, new ModelPort(name, port, model, prefixes.get(name), access.get(name)));
            model.ports.add(models.get(name));
            int secondary = lastBus + 1;
            fill(models.get(name), depth + 1);
            port.header().buses(inside, secondary, lastBus);
        }
        placed.header().buses(bus, inside, lastBus);
    }

    @Override
    public void connect(TlpSink downstream, int agentId) {}

    @Override
    public void translate(Tlp.MemoryRequest request, long nowPs, long token, Reply reply) {
        kernel.after(
                random.nextInt(500_000),
                (now, kind, data) -> reply.translated(token, request.address()),
                0,
                0);
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {}

    private final class Listener implements TraceListener {
        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.DMA_READ || kind == Kind.DMA_WRITE;
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
            atMemory.add((Tlp) subject);
        }
    }
}
