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
        return Frame.moving(
                title,
                Resources.text("lesson.css"),
                Html.fill(Resources.text("lesson.html"), Map.of("title", Html.text(title))),
                Resources.MODULES.stream().map(name -> "lesson/" + name).toList(),
                "lesson",
                json);
    }
}
