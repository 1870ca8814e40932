package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who waits for whom, as a user reads it of a run that does not come to its end. */
class HangReportTest {
    private static final String DEAF =
            """
            svasim: 1
            title: A device that completes no invalidation any more
            machine:
              profile: %s
              ports: {rp1: {link: {generation: 5, lanes: 16}}}
              devices: {dsa0: {model: dsa, port: rp1}}
            processes:
              app:
                buffers: {src: {size: 8KiB, fill: random}, dst: {size: 8KiB}}
                threads:
                  main:
                    - open: dsa0
                    - submit: {to: dsa0, op: memmove, from: src, into: dst, as: job}
                    - wait: job
                    - munmap: src
                    - exit
            faults: [{what: no-invalidation-completion, where: dsa0, when: work-done}]
            measure: {until: 1ms}
            """;

    private static final String MANY =
            """
            svasim: 1
            title: Many that wait for one that does not come
            processes:
            %s
            """;

    @TempDir private Path temporary;
    private final Cli cli = new Cli();

    private int run(String scenario) throws IOException {
        Path file = Files.writeString(temporary.resolve("hang.yaml"), scenario);
        return cli.run("run", file.toString(), "--out", temporary.resolve("out").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "sapphire-rapids, qi_submit_sync/wait for status",
        "kunpeng-920, arm_smmu_cmdq_issue_cmdlist/wait for CMD_SYNC",
        "epyc, iommu_queue_command/wait on cmd_sem"
    })
    void shouldNameTheDeafDeviceAndWhoWaitsForIt(String profile, String step) throws IOException {
        assertEquals(ExitCode.LIMIT, run(DEAF.formatted(profile)));

        assertTrue(cli.out().contains("app tries again and again: " + step), cli.out());
        assertTrue(
                cli.out()
                        .lines()
                        .anyMatch(
                                line ->
                                        line.startsWith("  still waiting: iommu0: 1 ")
                                                && line.contains("nvalidations")
                                                && line.contains(" by 02:00.0")),
                cli.out());
        String ended = Files.readString(temporary.resolve("out/run.json"));
        assertTrue(ended.contains("\"partial\" : true"), ended);
    }

    @Test
    void shouldNotListEachOfManyThatWait() throws IOException {
        StringBuilder processes = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            String next = "p" + (i + 1) % 30;
            processes.append(
                    "  p" + i + ": {threads: {main: [{wait: {process: " + next + "}}, exit]}}\n");
        }

        run(MANY.formatted(processes));

        long lines = cli.out().lines().filter(line -> line.contains("still waiting")).count();
        assertEquals(21, lines, cli.out());
        assertTrue(cli.out().contains("still waiting: 10 more"), cli.out());
    }
}
