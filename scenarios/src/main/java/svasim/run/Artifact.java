package svasim.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import svasim.report.MermaidSequence;
import svasim.report.PerfettoTrace;
import svasim.report.Sentences;
import svasim.report.TlpCapture;
import svasim.report.TlpListing;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** Traces that are written only when they are asked for. */
public enum Artifact {
    PERFETTO("trace.json") {
        @Override
        TraceListener open(Trace trace, Sentences sentences, OutputStream out) throws IOException {
            return new PerfettoTrace(trace, sentences, text(out));
        }
    },
    TLP("tlp.txt") {
        @Override
        TraceListener open(Trace trace, Sentences sentences, OutputStream out) {
            return new TlpListing(trace, text(out));
        }
    },
    PCAPNG("tlp.pcapng") {
        @Override
        TraceListener open(Trace trace, Sentences sentences, OutputStream out) throws IOException {
            return new TlpCapture(trace, out);
        }

        @Override
        void accompany(Path folder) throws IOException {
            try (InputStream dissector = TlpCapture.dissector()) {
                Files.copy(dissector, folder.resolve(TlpCapture.DISSECTOR));
            }
        }
    },
    MERMAID("sequence.mmd") {
        @Override
        TraceListener open(Trace trace, Sentences sentences, OutputStream out) {
            return new MermaidSequence(trace, sentences, text(out));
        }
    };

    private final String file;

    Artifact(String file) {
        this.file = file;
    }

    /** Makes the file in the run directory, and a listener that writes it and can be closed. */
    final TraceListener open(Trace trace, Sentences sentences, Path folder) throws IOException {
        accompany(folder);
        OutputStream out = Files.newOutputStream(folder.resolve(file));
        return open(trace, sentences, new BufferedOutputStream(out));
    }

    /** Writes what a reader of the file needs beside it. */
    void accompany(Path folder) throws IOException {}

    private static OutputStreamWriter text(OutputStream out) {
        return new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    /** A listener that writes; it is an {@link AutoCloseable} too. */
    abstract TraceListener open(Trace trace, Sentences sentences, OutputStream out)
            throws IOException;
}
