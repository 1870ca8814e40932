package svasim.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import svasim.report.StatisticsFiles;
import svasim.run.CannotWrite;

/**
 * The folder that {@code collect} writes: {@code points.csv}, {@code groups.csv}, {@code
 * sweep.html} and, for each group, its merged histograms in {@code groups/N}. It can be made again
 * at any time, so an older one is replaced.
 */
public final class CollectionFolder {
    private static final String POINTS = "points.csv";
    private static final String GROUP_TABLE = "groups.csv";
    private static final String GROUPS = "groups";
    private static final String PAGE = "sweep.html";
    private static final Set<String> OWN = Set.of(POINTS, GROUP_TABLE, GROUPS, PAGE);

    private CollectionFolder() {}

    /** Whether there is nothing in it that would be lost. */
    private static boolean isOlder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(entry -> OWN.contains(entry.getFileName().toString()));
        }
    }

    /**
     * @throws CannotWrite if the folder holds anything else
     */
    public static void write(Collected all, Path folder) throws IOException {
        Path whole = folder.toAbsolutePath().normalize();
        if (Files.exists(whole) && !isOlder(whole)) {
            throw new CannotWrite(folder, "exists and is not what collect has written");
        }
        List<Group> groups = all.groups();
        Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
        try {
            Durable.delete(part);
            Files.createDirectories(part);
            Files.writeString(part.resolve(POINTS), PointTable.csv(all));
            Files.writeString(part.resolve(GROUP_TABLE), GroupTable.csv(all, groups));
            for (int number = 0; number < groups.size(); number++) {
                Path one = part.resolve(GROUPS).resolve(Integer.toString(number));
                new StatisticsFiles(groups.get(number).merged())
                        .write(Files.createDirectories(one));
            }
            Files.writeString(part.resolve(PAGE), PageData.html(all, groups));
            Durable.delete(whole);
            Durable.publish(part, whole);
        } catch (IOException e) {
            Durable.delete(part);
            throw new CannotWrite(folder, e);
        }
    }
}
