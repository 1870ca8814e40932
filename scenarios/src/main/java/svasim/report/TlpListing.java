package svasim.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.StringJoiner;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpCodec;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Lists every TLP at every port, one line each: {@code time_ps port dir kind hex}, where {@code
 * dir} is {@code tx}, {@code rx} or {@code drop} and {@code hex} the bytes with prefixes, grouped
 * by DW as the Linux kernel's AER log has them.
 */
public final class TlpListing implements Listener, AutoCloseable {
    private static final int DWORD = 4;

    private final Trace trace;
    private final Writer out;

    public TlpListing(Trace trace, Writer out) {
        this.trace = trace;
        this.out = out;
    }

    @Override
    public boolean wants(Kind kind) {
        return direction(kind) != null;
    }

    private static String direction(Kind kind) {
        return switch (kind) {
            case TLP_SENT -> "tx";
            case TLP_RECEIVED -> "rx";
            case TLP_DROPPED -> "drop";
            default -> null;
        };
    }

    @Override
    public void on(Seen seen) {
        if (!(seen.subject() instanceof Tlp tlp)) {
            return;
        }
        try {
            out.write(
                    seen.timePs()
                            + " "
                            + trace.laneName(seen.lane())
                            + " "
                            + direction(seen.kind())
                            + " "
                            + Subjects.kind(tlp)
                            + " "
                            + words(TlpCodec.encode(tlp))
                            + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
