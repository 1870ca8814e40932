package svasim.lesson.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The index of a course: its lessons in order, each with its aim and a link to its page. */
public final class CoursePage {
    private CoursePage() {}

    /**
     * One line of the index.
     *
     * @param number place in the course, from 1
     * @param title of the lesson
     * @param aim question or sentence for the learner
     * @param href the lesson's page, relative to the index
     */
    public record Entry(int number, String title, String aim, String href) {}

    /**
     * @param title of the course
     * @param aim what it is for, in one sentence
     */
    public static String html(String title, String aim, List<Entry> entries) {
        String body =
                Html.fill(
                        Resources.text("course.html"),
                        Map.of(
                                "title", Html.text(title),
                                "aim", Html.text(aim),
                                "lessons",
                                        entries.stream()
                                                .map(CoursePage::item)
                                                .collect(Collectors.joining("\n"))));
        return Frame.still(title, Resources.text("lesson.css"), body);
    }

    private static String item(Entry entry) {
        return String.format(
                "<li value=\"%d\"><a href=\"%s\">%s</a><p>%s</p></li>",
                entry.number(),
                Html.text(entry.href()),
                Html.text(entry.title()),
                Html.text(entry.aim()));
    }
}
