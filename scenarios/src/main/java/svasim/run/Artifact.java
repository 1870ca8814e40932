package svasim.run;

import java.io.IOException;
import java.io.Writer;
import svasim.report.MermaidSequence;
import svasim.report.Namer;
import svasim.report.PerfettoTrace;
import svasim.report.TlpListing;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** Traces that are written only when they are asked for. */
public enum Artifact {
    PERFETTO("trace.json") {
        @Override
        TraceListener open(Trace trace, Namer namer, Writer out) throws IOException {
            return new PerfettoTrace(trace, namer, out);
        }
    },
    TLP("tlp.txt") {
        @Override
        TraceListener open(Trace trace, Namer namer, Writer out) {
            return new TlpListing(trace, out);
        }
    },
    MERMAID("sequence.mmd") {
        @Override
        TraceListener open(Trace trace, Namer namer, Writer out) {
            return new MermaidSequence(trace, namer, out);
        }
    };

    private final String file;

    Artifact(String file) {
        this.file = file;
    }

    /** Name of the file in the run directory. */
    String file() {
        return file;
    }

    /** A listener that writes; it is an {@link AutoCloseable} too. */
    abstract TraceListener open(Trace trace, Namer namer, Writer out) throws IOException;
}
