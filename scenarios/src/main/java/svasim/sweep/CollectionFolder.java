package svasim.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import svasim.report.StatisticsFiles;
import svasim.run.CannotWrite;

/**
 * The folder that {@code collect} writes: {@code points.csv}, {@code groups.csv}, {@code
 * sweep.html} and, for each group, its merged histograms in {@code groups/N}. It can be made again
 * at any time, so an older one is replaced.
 */
public final class CollectionFolder {
    private static final String POINTS = "points.csv";

    private CollectionFolder() {}

    /**
     * @throws CannotWrite if the folder holds anything else
     */
    public static void write(Collected all, Path folder) throws IOException {
        Path whole = folder.toAbsolutePath().normalize();
        if (Files.exists(whole) && !Files.exists(whole.resolve(POINTS))) {
            throw new CannotWrite(folder, "exists and holds no " + POINTS);
        }
        List<Group> groups = all.groups();
        Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
        try {
            Durable.delete(part);
            Files.createDirectories(part);
            Files.writeString(part.resolve(POINTS), PointTable.csv(all));
            Files.writeString(part.resolve("groups.csv"), GroupTable.csv(all, groups));
            for (int number = 0; number < groups.size(); number++) {
                Path one = part.resolve("groups").resolve(Integer.toString(number));
                new StatisticsFiles(groups.get(number).merged())
                        .write(Files.createDirectories(one));
            }
            Files.writeString(part.resolve("sweep.html"), PageData.html(all, groups));
            Durable.delete(whole);
            Durable.publish(part, whole);
        } catch (IOException e) {
            Durable.delete(part);
            throw new CannotWrite(folder, e);
        }
    }
}
