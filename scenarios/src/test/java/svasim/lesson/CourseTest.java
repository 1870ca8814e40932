package svasim.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import svasim.run.CannotWrite;
import svasim.run.MachineAssembly;
import svasim.run.Runner;

/** A folder of lessons and their index. */
class CourseTest {
    private static final String LESSON =
            """
svasim: 1
title: %s
aim: See nothing happen.
machine: {profile: broadwell-ep}
processes: {app: {threads: {main: [exit]}}}
%s
""";

    @TempDir private Path folder;
    private Path out;

    @BeforeEach
    void chooseAPlace() {
        out = folder.resolve("out/course");
    }

    private Path lesson(String name, String title, String around) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), LESSON.formatted(title, around));
    }

    private boolean write(Path... lessons) throws IOException {
        return new Course(new Runner(new MachineAssembly()), 0).write(List.of(lessons), out);
    }

    @Test
    void shouldLinkTheLessonsInTheOrderOfTheCourse() throws IOException {
        assertTrue(
                write(
                        lesson("a", "Last <b>", "lesson: {number: 2}"),
                        lesson("b", "First", "lesson: {number: 1}")));

        String index = Files.readString(out.resolve("index.html"));
        int first = index.indexOf("<a href=\"b.html\">First</a>");
        int last = index.indexOf("<a href=\"a.html\">Last &lt;b&gt;</a>");
        assertTrue(first > 0 && last > first, index);
        assertTrue(Files.readString(out.resolve("a.html")).contains("id=\"lesson\""));
    }

    @Test
    void shouldLeaveOutWhatHasNoPlaceInTheCourse() throws IOException {
        write(
                lesson("c", "Outside", "lesson: {teacher: Not in the course.}"),
                lesson("d", "No lesson", ""));

        try (Stream<Path> files = Files.list(out)) {
            assertEquals(List.of(out.resolve("index.html")), files.toList());
        }
    }

    @Test
    void shouldWriteOverNothing() throws IOException {
        Files.createDirectories(out);
        Path page = Files.writeString(out.resolve("e.html"), "mine");
        Path lesson = lesson("e", "Again", "lesson: {number: 1}");

        assertThrows(CannotWrite.class, () -> write(lesson));

        assertEquals("mine", Files.readString(page));
    }

    @Test
    void shouldSayWhenAStoryDidNotComeOutAsExpected() throws IOException {
        assertEquals(
                false,
                write(lesson("f", "Bad", "lesson: {number: 1}\nexpect: {violations: [I-01]}")));
    }
}
