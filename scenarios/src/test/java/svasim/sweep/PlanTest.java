package svasim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import svasim.binding.InvalidInput;
import svasim.run.ToyMachine;

class PlanTest {
    @TempDir private Path folder;

    @Test
    void shouldReadWhatItWrites() throws IOException {
        Point odd = new Point(1, "fast \"x\"", Map.of("a.b", "[1, 2]", "c", "'ü\n'"), -3, "beef");
        Plan plan =
                new Plan(
                        folder.resolve("s p.yaml"),
                        folder.resolve("out"),
                        List.of(new Point(0, "", Map.of(), 0, "cafe"), odd));
        Path file = folder.resolve("plan.jsonl");
        plan.write(file);

        assertEquals(plan, Plan.read(file));
        assertEquals(List.of(odd), Plan.read(file, 1).points());
        assertTrue(
                assertThrows(InvalidInput.class, () -> Plan.read(file, 2))
                        .getMessage()
                        .contains("0..1"));
    }

    @Test
    void shouldRefuseAnotherFile() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "{\"a\": 1}\n");
        Path empty = Files.writeString(folder.resolve("y"), "");

        assertThrows(InvalidInput.class, () -> Plan.read(file));
        assertThrows(InvalidInput.class, () -> Plan.read(empty));
    }

    @Test
    void shouldFindEveryMistakeBeforeAnythingRuns() throws IOException {
        Lab lab = new Lab(folder);
        Planner.Request request =
                new Planner.Request(
                        null,
                        List.of(Lab.KEY + "=4KiB,7,8XiB", "os.polcy=x", "b", "c=4..1"),
                        Map.of(),
                        "one",
                        0,
                        0);

        InvalidInput all =
                assertThrows(
                        InvalidInput.class,
                        () -> Planner.plan(lab.scenario, request, ToyMachine.assembly(), lab.out));

        String text = all.getMessage();
        for (String part : List.of("8XiB", "\"7\"", "policy", "-p b", "4..1", "--seeds")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
        assertTrue(Files.notExists(lab.out));
    }

    @Test
    void shouldGiveTasksOfSlurmMoreThanOnePointWhereThereAreTooMany() throws IOException {
        Lab lab = new Lab(folder);
        Plan few = lab.plan("4KiB..12KiB+4KiB", "1");
        Plan many = lab.plan("4KiB", "1..1500");
        Path script = folder.resolve("a.sbatch");

        SlurmScript.write(script, few, folder.resolve("a.jsonl"), Path.of("/x/svasim"), 7);
        String text = Files.readString(script);
        assertTrue(text.contains("#SBATCH --array=0-2%7\n"), text);
        assertTrue(text.endsWith("a.jsonl':\"$SLURM_ARRAY_TASK_ID\"\n"), text);

        SlurmScript.write(script, many, folder.resolve("a.jsonl"), Path.of("/x/svasim"), 7);
        text = Files.readString(script);
        assertTrue(text.contains("#SBATCH --array=0-999%7\n"), text);
        assertTrue(text.contains("-lt 1500"), text);
    }
}
