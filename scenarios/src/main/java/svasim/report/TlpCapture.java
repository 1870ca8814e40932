package svasim.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpCodec;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Captures every TLP at every port as a pcapng file: an interface is a port, a packet the bytes of
 * the TLP with its prefixes, and the comment has the time to the picosecond. The file begins with
 * the first TLP; no byte of it depends on where or when the run is made.
 */
public final class TlpCapture implements Listener, AutoCloseable {
    /** Name of the Lua script that shows the fields of such a file in Wireshark and tshark. */
    public static final String DISSECTOR = "svapcie.lua";

    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;
    private static final int PS_PER_NS = 1000;

    private final Trace trace;
    private final OutputStream out;
    private final Pcapng file;
    private final Map<Integer, Integer> interfaces = new HashMap<>();

    public TlpCapture(Trace trace, OutputStream out) throws IOException {
        this.trace = trace;
        this.out = out;
        file = new Pcapng(out);
        file.section();
    }

    /** The Lua script, to be put beside the file. */
    public static InputStream dissector() {
        return TlpCapture.class.getResourceAsStream(DISSECTOR);
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.TLP_SENT || kind == Kind.TLP_RECEIVED || kind == Kind.TLP_DROPPED;
    }

    @Override
    public void on(Seen seen) {
        if (!(seen.subject() instanceof Tlp tlp)) {
            return;
        }
        try {
            file.packet(
                    port(seen.lane()),
                    seen.timePs() / PS_PER_NS,
                    TlpCodec.encode(tlp),
                    seen.kind() == Kind.TLP_SENT ? OUTBOUND : INBOUND,
                    comment(seen));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port(int lane) throws IOException {
        Integer known = interfaces.get(lane);
        if (known == null) {
            known = interfaces.size();
            file.networkInterface(trace.laneName(lane));
            interfaces.put(lane, known);
        }
        return known;
    }

    private static String comment(Seen seen) {
        String time = "ps=" + seen.timePs();
        return seen.kind() == Kind.TLP_DROPPED
                ? time + " dropped: " + Subjects.word("reason", seen.field(0))
                : time;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
