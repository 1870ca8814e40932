package svasim.pcie.endpoint;

import java.util.ArrayList;
import java.util.List;
import svasim.pcie.config.AriCapability;
import svasim.pcie.config.ConfigurationImage;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.PcieError;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.fabric.ErrorReporter;
import svasim.pcie.fabric.Host;
import svasim.pcie.fabric.LinkDevice;
import svasim.pcie.fabric.Port;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** One PCI Express function: configuration space, BARs, DMA, interrupts. */
public final class Function implements LinkDevice {
    private static final byte[] NO_DATA = new byte[0];
    private static final int LOWER_ADDRESS = 0x7F;

    private final Host host;
    private final Port port;
    private final Capabilities capabilities;
    private final Uplink uplink;
    private final Wiring wiring;
    private final ErrorReporter errors;
    private final DmaEngine dma;
    private final RawLink raw;
    private final Bars bars = new Bars();
    private BarHandler handler;
    private Presence presence = Presence.ALWAYS;

    /** Null if the function cannot have any. */
    private VirtualFunctions virtualFunctions;

    private Runnable resetListener = () -> {};

    /** Whether a function is there: a virtual one only while it is enabled. */
    interface Presence {
        Presence ALWAYS =
                new Presence() {
                    @Override
                    public boolean isHere() {
                        return true;
                    }

                    @Override
                    public boolean answersMemory() {
                        return true;
                    }
                };

        boolean isHere();

        /** Whether it answers accesses to its BARs. */
        boolean answersMemory();
    }

    /** Attaches a function to the link below a port. */
    public Function(String name, int requesterId, EndpointConfig config, Port port, Host host) {
        this(name, requesterId, config, port, host, ConfigurationImage.NONE);
    }

    /** The same, of a certain device. */
    public Function(
            String name,
            int requesterId,
            EndpointConfig config,
            Port port,
            Host host,
            ConfigurationImage image) {
        this(name, requesterId, config, new Place(port, host, null, image));
    }

    /**
     * Where a function is.
     *
     * @param physical the physical function of a virtual one, else null
     * @param image of a physical function
     */
    private record Place(Port port, Host host, Capabilities physical, ConfigurationImage image) {
        Capabilities capabilities(EndpointConfig config) {
            int own = (int) config.dma().maxPayload().bytes();
            int maxPayload = Math.min(own, port.maxPayloadBytes());
            return physical == null
                    ? new Capabilities(config, maxPayload, image)
                    : new Capabilities(config, maxPayload, physical);
        }
    }

    private Function(String name, int requesterId, EndpointConfig config, Place place) {
        host = place.host();
        port = place.port();
        capabilities = place.capabilities(config);
        uplink = new Uplink(port.upstream(), capabilities);
        raw = new RawLink(uplink);
        int lane = host.trace().lane(name);
        errors =
                new ErrorReporter(
                        new ErrorReporter.Finder(name, () -> requesterId, lane),
                        capabilities.errors(),
                        host,
                        this::report);
        wiring = new Wiring(name, requesterId, lane, config, capabilities, uplink, errors, host);
        dma = new DmaEngine(wiring);
        dma.onInvalidateRoom(() -> port.retryDownstream(host.kernel().nowPs()));
        capabilities.express().onReset(this::reset);
        capabilities.space().listen((offset, before, written) -> tellWritten(offset, written));
        port.attach(this);
    }

    /** Gives the function the capability to have virtual functions; once. */
    public VirtualFunctions virtualize(VirtualFunctionsConfig config) {
        virtualFunctions = new VirtualFunctions(this, config);
        return virtualFunctions;
    }

    /** The device has functions with eight bits of number; once. */
    public void ari(int nextFunction) {
        new AriCapability(capabilities.space(), nextFunction);
    }

    Function virtual(String name, int requesterId, EndpointConfig config, Presence whenHere) {
        Function made =
                new Function(name, requesterId, config, new Place(port, host, capabilities, null));
        made.presence = whenHere;
        return made;
    }

    /** The function is there and as after power-on. */
    void appear() {
        capabilities.space().reachable(true);
        uplink.open();
    }

    /** The function is not there any more, and forgets everything. */
    void vanish() {
        capabilities.space().reachable(false);
        uplink.close();
        reset();
    }

    void placeBar(int bar, long start, long bytes) {
        bars.place(bar, start, bytes);
    }

    /**
     * Gives the function a BAR of this size and places it.
     *
     * @return physical address
     */
    public long addBar(int bar, long bytes) {
        long start = port.allocateMmio(bytes);
        bars.place(bar, start, bytes);
        return start;
    }

    /** Physical address of a BAR. */
    public long barAddress(int bar) {
        return bars.start(bar);
    }

    /** Who answers accesses to the BARs; must be set before the first. */
    public void barHandler(BarHandler answering) {
        handler = answering;
    }

    /** What memory behind a BAR holds; takes no time and changes nothing. */
    public byte[] look(int bar, long offset, int bytes) {
        byte[] found = new byte[bytes];
        handler.look(bar, offset, found);
        return found;
    }

    public Dma dma() {
        return dma;
    }

    /** The link without the rules that {@link #dma} keeps. */
    public RawLink raw() {
        return raw;
    }

    /** Sends a message-signalled interrupt, behind every write that has ended. */
    public void interrupt(long address, int data) {
        uplink.message(
                new Tlp.MemoryWrite(
                        requesterId(),
                        address,
                        bytes(data, Integer.BYTES),
                        AddressType.UNTRANSLATED,
                        null,
                        Attributes.DEFAULT),
                host.kernel().nowPs());
    }

    /** Function level reset: everything under way is discarded, ATS, PRI and PASID are off. */
    public void reset() {
        if (virtualFunctions != null) {
            virtualFunctions.reset();
        }
        int gone = capabilities.space().isReachable() ? 0 : 1;
        host.trace().tell(Kind.FUNCTION_RESET, wiring.lane(), requesterId(), gone, 0);
        uplink.reset();
        dma.reset();
        capabilities.reset();
        resetListener.run();
    }

    @Override
    public void found(PcieError error, Tlp tlp) {
        errors.found(error, tlp);
    }

    @Override
    public void hotReset(long nowPs) {
        reset();
    }

    @Override
    public void removed(long nowPs) {
        vanish();
    }

    /** Called at the end of each reset of the function: the device model starts anew. */
    public void onReset(Runnable listener) {
        resetListener = listener;
    }

    /**
     * Whether the function completes invalidations from now on; one that does not takes them, and
     * forgets what it is told to.
     */
    public void completesInvalidations(boolean value) {
        dma.completesInvalidations(value);
    }

    /** The port above the function. */
    public Port port() {
        return port;
    }

    /** Shows what the ATC holds; read-only, for checks. */
    public void visitAtc(AtcVisitor visitor) {
        dma.visitAtc(visitor);
    }

    /** What has to happen before the function is idle; empty if it is. For reports of hangs. */
    public String waitingFor() {
        List<String> lines = new ArrayList<>();
        dma.waitingFor(lines);
        return String.join("\n", lines);
    }

    @Override
    public String name() {
        return wiring.name();
    }

    @Override
    public int requesterId() {
        return wiring.requesterId();
    }

    @Override
    public ConfigurationSpace configuration() {
        return capabilities.space();
    }

    @Override
    public int maxPayloadBytes() {
        return capabilities.express().maxPayload();
    }

    @Override
    public boolean claims(long address) {
        boolean answers = presence.answersMemory() && capabilities.memorySpace();
        return answers && bars.at(address) != Bars.NONE;
    }

    @Override
    public LinkDevice function(int id) {
        return id == requesterId() && presence.isHere() ? this : null;
    }

    @Override
    public long readRegister(long address, int bytes, long nowPs) {
        int bar = bars.at(address);
        return handler.read(bar, address - bars.start(bar), bytes, nowPs);
    }

    @Override
    public void linkReady(long nowPs) {
        uplink.ready(nowPs);
        dma.linkReady();
    }

    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        return raw.takes(tlp, nowPs) || take(tlp, nowPs);
    }

    private boolean take(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.MemoryWrite write && isForRegisters(write)) {
            int bar = bars.at(write.address());
            handler.write(bar, write.address() - bars.start(bar), write.data(), nowPs);
        } else if (tlp instanceof Tlp.Completion completion) {
            if (!dma.completion(completion)) {
                drop(tlp, DropReason.UNEXPECTED);
            }
        } else if (tlp instanceof Tlp.InvalidateRequest request) {
            return invalidate(request);
        } else if (tlp instanceof Tlp.PageGroupResponse response) {
            dma.groupResponse(response, nowPs);
        } else if (tlp.flowClass() == FlowClass.NON_POSTED) {
            uplink.message(answer(tlp, nowPs), nowPs);
        } else {
            drop(tlp, DropReason.UNSUPPORTED_REQUEST);
        }
        return true;
    }

    /**
     * What is addressed to a BAR: from the host, or from a peer whose address was not redirected.
     */
    private boolean isForRegisters(Tlp.MemoryRequest request) {
        return request.addressType() == AddressType.UNTRANSLATED
                && !request.attributes().poisoned()
                && claims(request.address());
    }

    private Tlp answer(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.MemoryRequest request && isForRegisters(request)) {
            int bar = bars.at(request.address());
            long offset = request.address() - bars.start(bar);
            if (request instanceof Tlp.DeferrableWrite write) {
                return completion(
                        tlp, handler.writeDeferrable(bar, offset, write.data(), nowPs), NO_DATA);
            }
            boolean register =
                    request.bytes() > 0
                            && request.bytes() <= Long.BYTES
                            && Integer.bitCount(request.bytes()) == 1;
            if (request instanceof Tlp.MemoryRead read && register) {
                long value = handler.read(bar, offset, read.bytes(), nowPs);
                return completion(tlp, CompletionStatus.SUCCESS, bytes(value, read.bytes()));
            }
        }
        drop(tlp, DropReason.UNSUPPORTED_REQUEST);
        return completion(tlp, CompletionStatus.UNSUPPORTED_REQUEST, NO_DATA);
    }

    private Tlp completion(Tlp request, CompletionStatus status, byte[] data) {
        boolean read = data.length > 0;
        long address = read ? ((Tlp.MemoryRead) request).address() : 0;
        return new Tlp.Completion(
                requesterId(),
                request.senderId(),
                request.tag(),
                status,
                read ? data.length : Integer.BYTES,
                (int) address & LOWER_ADDRESS,
                data,
                request.attributes().ofAnswer());
    }

    private static byte[] bytes(long value, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (value >>> i * Byte.SIZE);
        }
        return bytes;
    }

    private void tellWritten(int offset, int value) {
        host.trace().tell(Kind.CONFIG_WRITTEN, wiring.lane(), requesterId(), offset, value);
    }

    private boolean invalidate(Tlp.InvalidateRequest request) {
        int pasid = PasidPrefix.number(request.pasid());
        boolean known = pasid == PasidPrefix.NONE || capabilities.inRange(pasid);
        if (!known || !capabilities.hasAts()) {
            drop(request, DropReason.UNSUPPORTED_REQUEST);
            return true;
        }
        return dma.invalidate(request);
    }

    private void drop(Tlp tlp, DropReason reason) {
        host.trace().tell(Kind.TLP_DROPPED, wiring.lane(), reason.ordinal(), 0, 0, tlp);
        errors.dropped(tlp, reason);
    }

    private void report(ErrorSeverity severity, int finder, long nowPs) {
        uplink.message(ErrorReporter.message(severity, finder), nowPs);
    }
}
