package svasim.lesson.page;

import java.util.List;
import java.util.Map;

/**
 * What every page is: one file that loads nothing, with its style sheet, and its modules and data
 * if it has any.
 */
public final class Frame {
    private static final String START =
            "<noscript><p>This page needs JavaScript; it loads nothing from anywhere.</p></noscript>\n"
                    + "<script type=\"application/json\" id=\"{{id}}\">{{data}}</script>\n"
                    + "<script type=\"module\">import {start} from \"{{main}}\"; start();</script>\n";

    private Frame() {}

    /**
     * A page without scripts.
     *
     * @param title any characters
     * @param css style sheet
     * @param body what is between the tags, escaped
     */
    public static String still(String title, String css, String body) {
        return page(title, css, body, "", "", "");
    }

    /**
     * A page whose last module is started.
     *
     * @param modules each imports only those that stand before it
     * @param id of the element that holds the data
     * @param json any characters
     */
    static String moving(
            String title, String css, String body, List<String> modules, String id, String json) {
        String start =
                Html.fill(
                        START,
                        Map.of(
                                "id", id,
                                "data", Html.json(json),
                                "main", modules.get(modules.size() - 1)));
        return page(
                title,
                css,
                body,
                "script-src 'unsafe-inline' data:; ",
                "<script type=\"importmap\">\n" + Resources.importMap(modules) + "\n</script>\n",
                start);
    }

    private static String page(
            String title, String css, String body, String scripts, String modules, String start) {
        return Html.fill(
                Resources.text("frame.html"),
                Map.of(
                        "scripts", scripts,
                        "title", Html.text(title),
                        "css", css,
                        "modules", modules,
                        "body", body,
                        "start", start));
    }
}
