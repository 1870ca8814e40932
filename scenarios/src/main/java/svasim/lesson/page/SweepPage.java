package svasim.lesson.page;

import java.util.List;
import java.util.Map;

/** The page of a sweep: pictures and tables of what many runs have measured, in a single file. */
public final class SweepPage {
    /** Modules of the page; one may import only those that stand before it. */
    static final List<String> MODULES =
            List.of(
                    "lesson/dom",
                    "lesson/format",
                    "lesson/theme",
                    "sweep/scale",
                    "sweep/marks",
                    "sweep/chart",
                    "sweep/data",
                    "sweep/table",
                    "sweep/main");

    private SweepPage() {}

    /**
     * @param title of the scenario; any characters
     * @param json the results, as JSON
     */
    public static String html(String title, String json) {
        return Frame.moving(
                title,
                Resources.text("lesson.css") + Resources.read("sweep/sweep.css"),
                Html.fill(Resources.read("sweep/sweep.html"), Map.of("title", Html.text(title))),
                MODULES,
                "data",
                json);
    }
}
