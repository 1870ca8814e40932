package svasim.pcie.endpoint;

import java.util.ArrayList;
import java.util.List;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.fabric.Host;
import svasim.pcie.fabric.LinkDevice;
import svasim.pcie.fabric.RootPort;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** One PCI Express function: configuration space, BARs, DMA, interrupts. */
public final class Function implements LinkDevice {
    private static final byte[] NO_DATA = new byte[0];

    private final Host host;
    private final RootPort port;
    private final Capabilities capabilities;
    private final Uplink uplink;
    private final Wiring wiring;
    private final DmaEngine dma;
    private final Bars bars = new Bars();
    private BarHandler handler;
    private Runnable resetListener = () -> {};

    /** Attaches a function to the link below a port. */
    public Function(String name, int requesterId, EndpointConfig config, RootPort port, Host host) {
        this.host = host;
        this.port = port;
        int ownPayload = (int) config.dma().maxPayload().bytes();
        capabilities = new Capabilities(config, Math.min(ownPayload, port.maxPayloadBytes()));
        uplink = new Uplink(port.upstream(), capabilities);
        int lane = host.trace().lane(name);
        wiring = new Wiring(name, requesterId, lane, config, capabilities, uplink, host);
        dma = new DmaEngine(wiring);
        dma.onInvalidateRoom(() -> port.retryDownstream(host.kernel().nowPs()));
        capabilities.express().onReset(this::reset);
        capabilities.space().listen((offset, before, written) -> tellWritten(offset, written));
        port.attach(this);
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

    public Dma dma() {
        return dma;
    }

    /** Sends a message-signalled interrupt, behind every write that has ended. */
    public void interrupt(long address, int data) {
        byte[] bytes = new byte[Integer.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (data >>> i * Byte.SIZE);
        }
        uplink.message(
                new Tlp.MemoryWrite(
                        requesterId(),
                        address,
                        bytes,
                        AddressType.UNTRANSLATED,
                        null,
                        Attributes.DEFAULT),
                host.kernel().nowPs());
    }

    /** Function level reset: everything under way is discarded, ATS, PRI and PASID are off. */
    public void reset() {
        uplink.reset();
        dma.reset();
        capabilities.reset();
        resetListener.run();
    }

    /** Called at the end of each function level reset: the device model starts anew. */
    public void onReset(Runnable listener) {
        resetListener = listener;
    }

    /** The port above the function. */
    public RootPort port() {
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
        return bars.at(address) != Bars.NONE;
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
        if (tlp instanceof Tlp.MemoryWrite write) {
            int bar = bars.at(write.address());
            handler.write(bar, write.address() - bars.start(bar), write.data(), nowPs);
        } else if (tlp instanceof Tlp.DeferrableWrite write) {
            answer(write, nowPs);
        } else if (tlp instanceof Tlp.Completion completion) {
            if (!dma.completion(completion)) {
                drop(tlp, DropReason.UNEXPECTED);
            }
        } else if (tlp instanceof Tlp.InvalidateRequest request) {
            return invalidate(request);
        } else if (tlp instanceof Tlp.PageGroupResponse response) {
            dma.groupResponse(response, nowPs);
        } else {
            drop(tlp, DropReason.UNSUPPORTED_REQUEST);
        }
        return true;
    }

    private void answer(Tlp.DeferrableWrite write, long nowPs) {
        int bar = bars.at(write.address());
        long offset = write.address() - bars.start(bar);
        Tlp completion =
                new Tlp.Completion(
                        requesterId(),
                        write.requesterId(),
                        write.tag(),
                        handler.writeDeferrable(bar, offset, write.data(), nowPs),
                        Integer.BYTES,
                        0,
                        NO_DATA,
                        write.attributes().ofAnswer());
        uplink.message(completion, nowPs);
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
    }
}
