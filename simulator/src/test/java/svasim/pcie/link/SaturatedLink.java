package svasim.pcie.link;

import java.util.ArrayDeque;
import svasim.kernel.Kernel;
import svasim.pcie.link.PublishedBandwidth.Setting;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Trace;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/**
 * A device that sends writes, reads or both as fast as its link takes them, and a host that answers
 * reads at once; buffers are deep enough for the full rate.
 */
final class SaturatedLink {
    private static final int PAYLOAD_TO_MEASURE = 2 << 20;
    private static final int PAYLOAD_TO_WARM_UP = 1 << 18;
    private static final int READS_IN_FLIGHT_BYTES = 1 << 16;
    private static final int LONG_HEADER = 24;
    private static final int PREFIX = 4;
    private static final long ADDRESS = 0x10_0000_0000L;

    private final Setting setting;
    private final int bytes;
    private final boolean writes;
    private final boolean reads;
    private final Kernel kernel = new Kernel();
    private final Link link;
    private final ArrayDeque<Tlp> answers = new ArrayDeque<>();
    private Tlp waitingUp;
    private int writtenPieces;
    private boolean readIsNext;
    private long readAsked;
    private long readArrived;
    private long written;
    private long warmPs;
    private long warmBytes;

    SaturatedLink(Setting setting, int bytes, boolean writes, boolean reads) {
        this.setting = setting;
        this.bytes = bytes;
        this.writes = writes;
        this.reads = reads;
        Picoseconds flight = Picoseconds.ofNanos(20);
        LinkConfig timed =
                LinkConfigs.withTimes(
                        LinkConfig.of(
                                setting.generation(),
                                setting.lanes(),
                                new ByteSize(setting.maxPayload())),
                        flight,
                        new Picoseconds(0));
        CreditConfig large = new CreditConfig(2000, 30000, 2000, 2000, 0, 0, 16);
        LinkConfig config = LinkConfigs.withBuffers(timed, 32, large);
        LinkParts parts = new LinkParts(kernel, new Trace(kernel), new Statistics());
        Link.User host = new Link.User(this::atHost, this::answer);
        Link.User device = new Link.User(this::atDevice, this::send);
        link = new Link(parts, config, "rp0", new Link.Users(host, device));
    }

    /** Payload in Gb/s, of one direction if both are asked for. */
    double gigabits() {
        send(0);
        while (moved() < PAYLOAD_TO_WARM_UP) {
            kernel.run(kernel.nowPs() + 100_000, Long.MAX_VALUE);
        }
        warmPs = kernel.nowPs();
        warmBytes = moved();
        while (moved() < PAYLOAD_TO_MEASURE / scale()) {
            kernel.run(kernel.nowPs() + 100_000, Long.MAX_VALUE);
        }
        return (moved() - warmBytes) * 8000.0 / (kernel.nowPs() - warmPs);
    }

    /** Small accesses make more packets of the same payload. */
    private int scale() {
        return bytes < 256 ? 4 : 1;
    }

    private long moved() {
        return writes && reads ? Math.min(written, readArrived) : written + readArrived;
    }

    private void send(long nowPs) {
        while (true) {
            if (waitingUp == null) {
                waitingUp = next();
            }
            if (waitingUp == null || !link.lower().offer(waitingUp, nowPs)) {
                return;
            }
            waitingUp = null;
        }
    }

    /** A write access piece by piece, then a read access request by request, in turn. */
    private Tlp next() {
        boolean canRead = reads && readAsked - readArrived < READS_IN_FLIGHT_BYTES;
        if (readIsNext || !writes) {
            if (!canRead) {
                return null;
            }
            int size = Math.min(bytes, setting.maxReadRequest());
            readAsked += size;
            readIsNext = !writes || readAsked % bytes != 0;
            return read(size);
        }
        int size = Math.min(bytes, setting.maxPayload());
        if (++writtenPieces == PublishedBandwidth.pieces(bytes, setting.maxPayload())) {
            writtenPieces = 0;
            readIsNext = reads;
        }
        return new Tlp.MemoryWrite(
                Packet.DEVICE,
                address(),
                new byte[size],
                AddressType.UNTRANSLATED,
                prefix(),
                Attributes.DEFAULT);
    }

    private Tlp read(int size) {
        return new Tlp.MemoryRead(
                Packet.DEVICE,
                0,
                address(),
                size,
                AddressType.UNTRANSLATED,
                prefix(),
                Attributes.DEFAULT);
    }

    private long address() {
        return setting.requestHeader() < LONG_HEADER ? 0x1000 : ADDRESS;
    }

    private PasidPrefix prefix() {
        return setting.requestHeader() == LONG_HEADER + PREFIX ? new PasidPrefix(1) : null;
    }

    private boolean atHost(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.MemoryRead read) {
            for (int left = read.bytes(); left > 0; left -= setting.piece()) {
                answers.add(Packet.completion(0, Math.min(left, setting.piece())));
            }
            answer(nowPs);
        } else {
            written += tlp.payloadBytes();
        }
        return true;
    }

    private void answer(long nowPs) {
        while (!answers.isEmpty()) {
            Tlp completion = answers.poll();
            if (!link.upper().offer(completion, nowPs)) {
                answers.addFirst(completion);
                return;
            }
        }
    }

    private boolean atDevice(Tlp tlp, long nowPs) {
        readArrived += tlp.payloadBytes();
        send(nowPs);
        return true;
    }
}
