package svasim.lesson.page;

import java.util.Map;

/** The page of one lesson: a single file that holds everything it needs. */
public final class LessonPage {
    private LessonPage() {}

    /**
     * @param title as in the scenario; any characters
     * @param json the lesson, as JSON
     */
    public static String html(String title, String json) {
        return Html.fill(
                Resources.text("lesson.html"),
                Map.of(
                        "title", Html.text(title),
                        "css", Resources.text("lesson.css"),
                        "modules", Resources.importMap(),
                        "lesson", Html.json(json)));
    }
}
