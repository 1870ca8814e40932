package svasim.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import svasim.lesson.page.CoursePage;
import svasim.run.CannotWrite;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.Lesson;
import svasim.scenario.Scenario;
import svasim.scenario.ScenarioFile;

/** The lessons in the order of the course, as a folder of pages with an index. */
public final class Course {
    private static final String TITLE = "The life of a PASID";
    private static final String AIM =
            "For somebody who knows what a page table is, and has never met an IOMMU.";

    private final Runner runner;
    private final long seed;
    private final List<CoursePage.Entry> entries = new ArrayList<>();
    private boolean good = true;

    public Course(Runner runner, long seed) {
        this.runner = runner;
        this.seed = seed;
    }

    /**
     * Writes a page for each lesson, and {@code index.html} that links them.
     *
     * @param lessons scenario files that have a place in a course
     * @param folder is made if it is not there; nothing in it is written over
     * @return whether every story came out as its scenario expects
     */
    public boolean write(List<Path> lessons, Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CannotWrite(folder, e);
        }
        for (Path lesson : lessons) {
            write(lesson, folder);
        }
        entries.sort(Comparator.comparingInt(CoursePage.Entry::number));
        write(folder.resolve("index.html"), CoursePage.html(TITLE, AIM, entries));
        return good;
    }

    private void write(Path lesson, Path folder) throws IOException {
        ScenarioFile file = ScenarioFile.read(lesson);
        Scenario scenario = file.bind(file.variants().get(0), Map.of()).scenario();
        Lesson around = scenario.lesson();
        if (around == null || around.number() == null) {
            return;
        }
        LessonData data = LessonData.of(runner, file, Wish.plain(seed));
        good &= data.good();
        String page = Home.name(lesson) + ".html";
        write(folder.resolve(page), data.html());
        entries.add(new CoursePage.Entry(around.number(), scenario.title(), scenario.aim(), page));
    }

    private static void write(Path file, String page) throws IOException {
        if (Files.exists(file)) {
            throw new CannotWrite(file, "is there already");
        }
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
    }
}
