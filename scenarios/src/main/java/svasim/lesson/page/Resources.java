package svasim.lesson.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The style sheet, the templates and the modules of the pages, as text. */
final class Resources {
    /** Modules of the page; one may import only those that stand before it. */
    static final List<String> MODULES =
            List.of(
                    "dom",
                    "format",
                    "track",
                    "story",
                    "state",
                    "align",
                    "view",
                    "bits",
                    "packet",
                    "card",
                    "marks",
                    "lanes",
                    "timeline",
                    "overview",
                    "machine",
                    "sentence",
                    "grid",
                    "tree",
                    "caches",
                    "tlp",
                    "mermaid",
                    "phases",
                    "player",
                    "tabs",
                    "filters",
                    "course",
                    "quiz",
                    "url",
                    "theme",
                    "share",
                    "keys",
                    "main");

    private Resources() {}

    static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("/svasim/lesson/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource svasim/lesson/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The import map that gives each module its bare name {@code lesson/NAME}. */
    static String importMap() {
        return MODULES.stream()
                .map(name -> "\"lesson/" + name + "\":\"" + dataAddress(name) + '"')
                .collect(Collectors.joining(",\n", "{\"imports\":{", "}}"));
    }

    private static String dataAddress(String module) {
        byte[] source = text(module + ".js").getBytes(StandardCharsets.UTF_8);
        return "data:text/javascript;base64," + Base64.getEncoder().encodeToString(source);
    }
}
