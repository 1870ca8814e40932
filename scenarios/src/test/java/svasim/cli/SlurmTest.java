package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import svasim.sweep.Plan;
import svasim.sweep.Point;
import svasim.sweep.Store;

/**
 * A sweep as an array of a real Slurm, which the test starts and stops; as root, with Slurm and
 * munge installed: {@code mvn verify -Dsvasim.slurm=true}.
 */
@EnabledIfSystemProperty(named = "svasim.slurm", matches = "true")
class SlurmTest {
    private static final String SCENARIO =
            """
            svasim: 1
            title: Reads
            machine: {profile: broadwell-ep, devices: {nfp0: {model: dma-bench, port: rp0}}}
            processes:
              bench:
                threads:
                  main: [{open: nfp0}, {submit: {to: nfp0, samples: 1, as: run}}, {wait: run}]
            """;

    private static final String KEY = "processes.bench.threads.main.1.submit.samples";
    private static final int LONG = 3;
    private static final int LOOK_EVERY_MS = 20;
    private static final int PATIENCE_MS = 300_000;

    @TempDir private Path temporary;
    private Path slurm;

    @BeforeEach
    void startSlurm() throws Exception {
        slurm = temporary.resolve("slurm");
        run("sh", script(), "start", slurm.toString());
        Files.writeString(temporary.resolve("reads.yaml"), SCENARIO);
        Path launcher = temporary.resolve("svasim");
        Files.writeString(
                launcher,
                String.format(
                        "#!/bin/sh\necho $$ >'%s'/pid-${SLURM_ARRAY_TASK_ID-}\n"
                                + "exec '%s' -XX:+UseSerialGC '-Dsvasim.home=%s' -cp '%s' %s \"$@\"\n",
                        temporary,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        temporary,
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        assertTrue(launcher.toFile().setExecutable(true));
    }

    @AfterEach
    void stopSlurm() throws Exception {
        run("sh", script(), "stop", slurm.toString());
    }

    @Test
    void shouldRedoATaskThatWasKilledAndNoOther() throws Exception {
        Path planFile = temporary.resolve("reads.jsonl");
        run(
                svasim("sweep", "reads.yaml", "-p", KEY + "=1000,2000,4000,1000000", "--plan")
                        .and(planFile.toString(), "--jobs", "2"));
        Plan plan = Plan.read(planFile);
        Store store = new Store(plan.out());
        Point last = plan.points().get(LONG);
        Path part = plan.out().resolve("points/." + last.hash() + ".part");

        String first = submit();
        await(() -> Files.exists(part.resolve("run.json")));
        killTask(LONG);
        awaitEnd(first);

        assertFalse(store.has(last.hash()), "the killed task has a result");
        assertTrue(Files.readString(part.resolve("run.json")).contains("\"partial\" : true"));
        Result some = result(svasim("collect", plan.out().toString()));
        assertEquals(ExitCode.DIFFERENT, some.code());
        assertTrue(some.text().contains("3 points, 0 not good, 1 without result"), some.text());
        List<FileTime> before = times(plan, store);

        awaitEnd(submit());

        assertTrue(store.has(last.hash()), "the killed task has not been redone");
        assertFalse(Files.exists(part));
        assertEquals(before, times(plan, store), "another point was run again");
        Result all = result(svasim("collect", plan.out().toString()));
        assertEquals(ExitCode.GOOD, all.code(), all.text());
        assertEquals(5, Files.readAllLines(plan.out().resolve("collected/points.csv")).size());
    }

    /** Without a chance to clean up, as when memory runs out. */
    private void killTask(int number) throws IOException {
        String pid = Files.readString(temporary.resolve("pid-" + number)).strip();
        assertTrue(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly());
    }

    /** When the results of the short points were written. */
    private static List<FileTime> times(Plan plan, Store store) throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (Point point : plan.points().subList(0, LONG)) {
            Path run = store.result(point.hash()).resolve("run.json");
            times.add(Files.getLastModifiedTime(run));
        }
        return times;
    }

    private String submit() throws Exception {
        String id = run("sbatch", "--parsable", temporary.resolve("reads.sbatch").toString());
        System.out.println("slurm: job " + id + " is submitted");
        return id;
    }

    private void awaitEnd(String job) throws Exception {
        String[] states = {""};
        await(
                () -> {
                    String now = run("squeue", "-h", "-r", "-j", job, "-o", "%i %T").strip();
                    if (!now.equals(states[0])) {
                        System.out.println("slurm: " + now.replace("\n", ", "));
                        states[0] = now;
                    }
                    return now.lines()
                            .allMatch(line -> line.matches(".* (COMPLETED|FAILED|CANCELLED)"));
                });
        Pattern shown = Pattern.compile("ArrayTaskId=(\\d+)|JobState=(\\w+)|ExitCode=([\\d:]+)");
        List<String> words = new ArrayList<>();
        Matcher found = shown.matcher(run("scontrol", "show", "job", job));
        while (found.find()) {
            words.add(found.group());
        }
        System.out.println("slurm: " + String.join(" ", words));
    }

    private static String script() throws URISyntaxException {
        return Path.of(SlurmTest.class.getResource("/slurm/one-node.sh").toURI()).toString();
    }

    /** A condition that is looked at again and again. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < until, "it takes too long");
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    /** A command line. */
    private record Words(List<String> words) {
        Words and(String... more) {
            List<String> all = new ArrayList<>(words);
            all.addAll(Arrays.asList(more));
            return new Words(all);
        }
    }

    private Words svasim(String... words) {
        return new Words(List.of(temporary.resolve("svasim").toString())).and(words);
    }

    private String run(String... words) throws Exception {
        return run(new Words(List.of(words)));
    }

    private String run(Words words) throws Exception {
        Result result = result(words);
        assertEquals(0, result.code(), words.words() + ": " + result.text());
        return result.text().strip();
    }

    private record Result(int code, String text) {}

    private Result result(Words words) throws Exception {
        Path log = Files.createTempFile(temporary, "command", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words.words()).directory(temporary.toFile());
        builder.environment().put("SLURM_CONF", slurm.resolve("slurm.conf").toString());
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new Result(process.waitFor(), Files.readString(log));
    }
}
