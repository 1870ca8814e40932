package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of configurations of real devices. */
class ImportCommandTest {
    /** The profile "app" of accel-config: a small shared queue and a large one. */
    private static final String APP =
            """
            [{"dev": "dsa0", "read_buffer_limit": 40, "groups": [
              {"dev": "group0.0", "desc_progress_limit": 1, "read_buffers_reserved": 8,
               "read_buffers_allowed": 64, "use_read_buffer_limit": 1, "grouped_workqueues": [
                {"dev": "wq0.0", "mode": "shared", "size": 8, "group_id": 0, "priority": 10,
                 "block_on_fault": 1, "type": "user", "threshold": 6,
                 "max_transfer_size": 16384, "max_batch_size": 32},
                {"dev": "wq0.1", "mode": "dedicated", "size": 32, "threshold": 0,
                 "prs_disable": 1}],
               "grouped_engines": [{"dev": "engine0.0", "group_id": 0}]}]}]
            """;

    @TempDir private Path folder;

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }

    @Test
    void shouldTurnAConfigurationIntoAScenarioThatRuns() throws IOException {
        Cli cli = new Cli();

        assertEquals(ExitCode.GOOD, cli.run("import", "accel-config", file(APP).toString()));

        String yaml = cli.out();
        assertTrue(yaml.contains("threshold: 6"), yaml);
        assertTrue(yaml.contains("maxTransferSize: 16KiB"), yaml);
        assertTrue(yaml.contains("descProgressLimit: 1"), yaml);
        assertTrue(yaml.contains("prsDisable: true"), yaml);
        assertTrue(yaml.contains("readBufferLimit: 40"), yaml);
        assertTrue(yaml.contains("readBuffersReserved: 8"), yaml);
        assertTrue(yaml.contains("readBuffersAllowed: 64"), yaml);
        assertTrue(yaml.contains("useReadBufferLimit: true"), yaml);
        assertTrue(cli.err().contains("type"), cli.err());
        Path scenario = Files.writeString(folder.resolve("imported.yaml"), yaml);
        String out = folder.resolve("out").toString();
        assertEquals(ExitCode.GOOD, new Cli().run("run", scenario.toString(), "--out", out), yaml);
    }

    @Test
    void shouldSayWhatIsWrongWithAFileThatIsNone() throws IOException {
        Cli cli = new Cli();

        assertEquals(
                ExitCode.BAD_INPUT,
                cli.run("import", "accel-config", file("[{\"groups\": 7}]").toString()));
        assertTrue(cli.err().contains("config.json:1:2"), cli.err());
    }

    @Test
    void shouldKnowNoOtherSource() throws IOException {
        assertEquals(ExitCode.USAGE, new Cli().run("import", "lspci", file(APP).toString()));
    }
}
