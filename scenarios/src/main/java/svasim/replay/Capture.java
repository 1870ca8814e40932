package svasim.replay;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A folder with {@code unit.json} and {@code trace.txt} or {@code trace.txt.gz}. */
public final class Capture {
    private static final String UNIT = "unit.json";
    private static final String TRACE = "trace.txt";
    private static final String PACKED_TRACE = "trace.txt.gz";
    private static final String SNAPSHOT = "S ";

    private final CaptureUnit unit;
    private final List<String> lines;

    private final Map<String, Snapshot> snapshots;

    Capture(CaptureUnit unit, List<String> lines) {
        this(unit, lines, Map.of());
    }

    Capture(CaptureUnit unit, List<String> lines, Map<String, Snapshot> snapshots) {
        this.unit = unit;
        this.lines = lines;
        this.snapshots = snapshots;
    }

    /**
     * The captures at or below a folder, in the order of their paths.
     *
     * @throws FileNotFoundException if there is none
     */
    public static List<Path> find(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FileNotFoundException(folder + ": no such folder");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found =
                    files.filter(f -> f.endsWith(UNIT)).map(Path::getParent).sorted().toList();
            if (found.isEmpty()) {
                throw new FileNotFoundException(folder + ": no " + UNIT + " in or below it");
            }
            return found;
        }
    }

    /** Reads the folder of one capture. */
    public static Capture read(Path folder) throws IOException {
        Path unit = folder.resolve(UNIT);
        CaptureUnit read = UnitReader.read(unit.toString(), Files.readAllBytes(unit));
        List<String> lines = readLines(folder);
        Map<String, Snapshot> snapshots = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith(SNAPSHOT)) {
                String number = line.substring(SNAPSHOT.length());
                snapshots.put(number, Snapshot.read(folder, number));
            }
        }
        return new Capture(read, lines, snapshots);
    }

    private static List<String> readLines(Path folder) throws IOException {
        Path plain = folder.resolve(TRACE);
        if (Files.exists(plain)) {
            return lines(Files.newInputStream(plain));
        }
        return packedLines(folder.resolve(PACKED_TRACE));
    }

    static List<String> packedLines(Path file) throws IOException {
        return lines(new GZIPInputStream(Files.newInputStream(file)));
    }

    private static List<String> lines(InputStream in) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        }
    }

    CaptureUnit unit() {
        return unit;
    }

    List<String> lines() {
        return lines;
    }

    /** The snapshot of an S line; empty if its files are not there. */
    Snapshot snapshot(String number) {
        return snapshots.getOrDefault(number, Snapshot.NONE);
    }

    /** Whether devices complete Invalidate Requests by themselves. */
    boolean devicesAcknowledge() {
        Boolean said = unit.devicesAcknowledge();
        return said != null ? said : lines.stream().noneMatch(line -> line.startsWith("K "));
    }
}
