package svasim.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import svasim.binding.JsonText;
import svasim.report.StatisticsFiles;
import svasim.scenario.BoundScenario;
import svasim.trace.TraceListener;

/** The folder with all that one run leaves; it never holds two runs. */
public final class RunDirectory implements AutoCloseable {
    private final Path folder;
    private final BoundScenario scenario;
    private final long seed;
    private final Instant started = Instant.now();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Simulation simulation;

    private RunDirectory(Path folder, BoundScenario scenario, long seed) {
        this.folder = folder;
        this.scenario = scenario;
        this.seed = seed;
    }

    /**
     * Makes the folder and writes what is known before the run. It is marked as partial from its
     * first file on, so that a process that is killed leaves nothing that looks finished.
     *
     * @throws CannotWrite if that is not possible, or there is something in it
     */
    public static RunDirectory create(Path folder, BoundScenario scenario, long seed)
            throws CannotWrite {
        make(folder);
        RunDirectory directory = new RunDirectory(folder, scenario, seed);
        try {
            directory.writeRun("not ended", true);
            Files.write(folder.resolve("scenario.yaml"), scenario.file().bytes());
            Files.writeString(folder.resolve("effective.yaml"), scenario.effective());
        } catch (IOException e) {
            throw new CannotWrite(folder, e);
        }
        return directory;
    }

    /**
     * Makes an empty folder for results, with those above it.
     *
     * @throws CannotWrite if that is not possible, or there is something in it
     */
    public static void make(Path folder) throws CannotWrite {
        try {
            if (Files.exists(folder) && !isEmptyFolder(folder)) {
                throw new CannotWrite(folder, "exists and is not an empty folder");
            }
            Files.createDirectories(folder);
        } catch (CannotWrite e) {
            throw e;
        } catch (IOException e) {
            throw new CannotWrite(folder, e);
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** The first of {@code base}, {@code base-2}, {@code base-3} ... that does not exist. */
    public static Path unused(Path base) {
        Path folder = base;
        for (int number = 2; Files.exists(folder); number++) {
            folder = base.resolveSibling(base.getFileName() + "-" + number);
        }
        return folder;
    }

    public Path folder() {
        return folder;
    }

    /** Listens to a machine that is about to start. */
    public void attach(Simulation machine, Collection<Artifact> artifacts) {
        simulation = machine;
        try {
            for (Artifact artifact : artifacts) {
                TraceListener listener =
                        artifact.open(machine.trace(), Runner.sentences(machine), folder);
                open.add((AutoCloseable) listener);
                machine.trace().add(listener);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the results of a run that has ended; the mark is the last, when all is written. */
    public void finish(RunResult result) throws IOException {
        close();
        writeStatistics();
        writeRun(result.end().name(), !result.complete());
    }

    /** Writes what there is of a run that broke off. */
    public void breakOff(Throwable why) throws IOException {
        writeStatistics();
        writeRun(why.toString(), true);
    }

    private void writeStatistics() throws IOException {
        if (simulation != null) {
            new StatisticsFiles(simulation.statistics()).write(folder);
        }
    }

    /** Puts another {@code run.json} in the place of the old one, in one piece. */
    private void writeRun(String end, boolean partial) throws IOException {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("scenario", scenario.file().name());
        run.put("variant", scenario.variant());
        run.put("seed", seed);
        run.put("end", end);
        run.put("partial", partial);
        run.put("started", started.toString());
        run.put("finished", Instant.now().toString());
        run.put("java", System.getProperty("java.version"));
        Path whole = Files.writeString(folder.resolve("run.json.new"), JsonText.pretty(run));
        Files.move(whole, folder.resolve("run.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            try {
                open.remove(0).close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
