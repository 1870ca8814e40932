package svasim.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.StringJoiner;
import svasim.pcie.link.Dllp;
import svasim.pcie.link.DllpCodec;
import svasim.pcie.link.LinkFrame;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpCodec;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Lists every TLP at every port, one line each: {@code time_ps port dir kind hex}, where {@code
 * dir} is {@code tx}, {@code rx}, {@code drop} or {@code bad} and {@code hex} the bytes with
 * prefixes, grouped by DW as the Linux kernel's AER log has them. Behind a packet that was received
 * with a wrong bit stand its sequence number and the LCRC that it was sent with; the Nak that asks
 * for it again is listed at the port that sends again, as the six bytes of the DLLP.
 */
public final class TlpListing implements Listener, AutoCloseable {
    private static final int DWORD = 4;
    private static final int SEQUENCE_MASK = 0xFFF;

    private final Trace trace;
    private final Writer out;

    public TlpListing(Trace trace, Writer out) {
        this.trace = trace;
        this.out = out;
    }

    @Override
    public boolean wants(Kind kind) {
        return direction(kind) != null || kind == Kind.LINK_REPLAYED;
    }

    private static String direction(Kind kind) {
        return switch (kind) {
            case TLP_SENT -> "tx";
            case TLP_RECEIVED -> "rx";
            case TLP_DROPPED -> "drop";
            case LINK_ERROR -> "bad";
            default -> null;
        };
    }

    @Override
    public void on(Seen seen) {
        String what = what(seen);
        if (what == null) {
            return;
        }
        try {
            out.write(seen.timePs() + " " + trace.laneName(seen.lane()) + " " + what + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Direction, kind and bytes; null if there is nothing to list. */
    private static String what(Seen seen) {
        if (seen.kind() == Kind.LINK_REPLAYED) {
            return seen.field(1) == 0 ? null : "rx Nak " + nak((int) seen.field(0));
        }
        return seen.subject() instanceof Tlp tlp ? packet(seen, tlp) : null;
    }

    private static String packet(Seen seen, Tlp tlp) {
        byte[] bytes = TlpCodec.encode(tlp);
        String line = direction(seen.kind()) + " " + Subjects.kind(tlp) + " " + words(bytes);
        return seen.kind() == Kind.LINK_ERROR ? line + frame((int) seen.field(0), bytes) : line;
    }

    /** The packet that says that everything before a sequence number has arrived. */
    private static String nak(int sequence) {
        return hex(DllpCodec.encode(new Dllp.Nak(sequence - 1 & SEQUENCE_MASK)));
    }

    private static String frame(int sequence, byte[] tlp) {
        return " seq " + sequence + " lcrc " + hex(LinkFrame.lcrc(sequence, tlp));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String words(byte[] bytes) {
        StringJoiner words = new StringJoiner(" ");
        for (int at = 0; at < bytes.length; at += DWORD) {
            words.add(HexFormat.of().formatHex(bytes, at, at + DWORD));
        }
        return words.toString();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
