package svasim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import svasim.binding.InvalidInput;
import svasim.run.CannotWrite;

class CollectedTest {
    private static final int SEEDS = 4;

    @TempDir private Path folder;
    private Lab lab;

    @BeforeEach
    void sweep() throws IOException {
        lab = new Lab(folder);
        lab.run(lab.plan("4KiB,64KiB", "1.." + SEEDS), 2);
    }

    private static Histogram ofAll(String size) {
        Histogram all = new Histogram(3);
        all.setAutoResize(true);
        for (long seed = 1; seed <= SEEDS; seed++) {
            Lab.draws(size, seed).forEach(all::recordValue);
        }
        return all;
    }

    @Test
    void shouldMergeHistogramsWithoutLoss() throws IOException {
        List<Group> groups = Collected.read(List.of(lab.out), List.of()).groups();

        assertEquals(2, groups.size());
        assertEquals(ofAll("4KiB"), groups.get(0).merged().latencies().get("toy.draw.ps"));
        assertEquals(ofAll("64KiB"), groups.get(1).merged().latencies().get("toy.draw.ps"));
    }

    @Test
    void shouldWriteMergedHistogramsAsARunDoes() throws IOException {
        Path to = folder.resolve("c");
        CollectionFolder.write(Collected.read(List.of(lab.out), List.of()), to);

        Path file = to.resolve("groups/1/latency.hlog");
        try (HistogramLogReader log = new HistogramLogReader(file.toFile())) {
            List<EncodableHistogram> all = new ArrayList<>();
            for (EncodableHistogram h = log.nextIntervalHistogram();
                    h != null;
                    h = log.nextIntervalHistogram()) {
                all.add(h);
            }
            assertEquals(
                    List.of(ofAll("64KiB")),
                    all.stream().filter(h -> h.getTag().equals("toy.draw.ps")).toList());
        }
    }

    @Test
    void shouldEstimateOverSeeds() throws IOException {
        Collected all = Collected.read(List.of(lab.out), List.of("toy.draw.ps.max"));
        Group first = all.groups().get(0);
        List<Long> most = new ArrayList<>();
        for (Row row : all.rows().subList(0, SEEDS)) {
            most.add(row.values().get("toy.draw.ps/max"));
        }

        assertEquals(List.of("toy.draw.ps/max"), all.statistics());
        assertEquals(SEEDS, first.n());
        assertEquals(Estimate.of(most), first.estimates().get("toy.draw.ps/max"));
    }

    @Test
    void shouldWriteARowForEachPointInTheOrderOfThePlan() throws IOException {
        Collected all = Collected.read(List.of(lab.out), List.of("toy.steps", "toy.draw.ps.count"));
        List<String> lines = PointTable.csv(all).lines().toList();

        assertEquals(
                "scenario,variant,"
                        + Lab.KEY
                        + ",seed,point,end,good,time_ps,events,"
                        + "toy.draw.ps/count,toy.steps",
                lines.get(0));
        assertEquals("toy,,4KiB,1,0,QUIET,true,16500000,12,50,12", lines.get(1));
        assertEquals("toy,,64KiB,4,7,QUIET,true,16500000,12,50,12", lines.get(8));
        assertEquals(9, lines.size());
    }

    @Test
    void shouldReadItsTableAsItReadsTheSweep() throws IOException {
        Path table = folder.resolve("points.csv");
        Files.writeString(table, PointTable.csv(Collected.read(List.of(lab.out), List.of())));

        assertEquals(Collected.readings(lab.out), Collected.readings(table));
    }

    @Test
    void shouldTakeAPointOfTwoPlansOnce() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Lab second = new Lab(other);
        second.run(second.plan("64KiB,128KiB", "1"), 1);

        assertEquals(9, Collected.read(List.of(lab.out, second.out), List.of()).size());
    }

    @Test
    void shouldNameTheNearestStatistic() {
        InvalidInput unknown =
                assertThrows(
                        InvalidInput.class,
                        () -> Collected.read(List.of(lab.out), List.of("toy.stps")));

        assertTrue(unknown.getMessage().contains("toy.steps"), unknown.getMessage());
    }

    @Test
    void shouldRefuseWhatIsNoSweep() {
        assertThrows(FileNotFoundException.class, () -> Collected.read(List.of(folder), List.of()));
        assertThrows(InvalidInput.class, () -> Collected.readings(lab.scenario));
    }

    @Test
    void shouldNotDeleteWhatItHasNotWritten() throws IOException {
        Collected all = Collected.read(List.of(lab.out), List.of());
        Path to = folder.resolve("c");
        CollectionFolder.write(all, to);
        Path notes = Files.writeString(to.resolve("notes.txt"), "mine");

        assertThrows(CannotWrite.class, () -> CollectionFolder.write(all, to));
        assertThrows(CannotWrite.class, () -> CollectionFolder.write(all, notes));
        assertEquals("mine", Files.readString(notes));
    }

    @Test
    void shouldReplaceAnOlderCollection() throws IOException {
        Path to = folder.resolve("c");
        CollectionFolder.write(Collected.read(List.of(lab.out), List.of()), to);
        lab.run(lab.plan("4KiB", "1"), 1);
        CollectionFolder.write(Collected.read(List.of(lab.out), List.of()), to);

        assertEquals(2, Files.readAllLines(to.resolve("points.csv")).size());
        assertTrue(Files.notExists(to.resolve("groups/1")));
    }
}
