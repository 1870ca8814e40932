package svasim.lesson.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The style sheet, the templates and the modules of the pages, as text. */
public final class Resources {
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

    /** A file of the lesson page. */
    static String text(String name) {
        return read("lesson/" + name);
    }

    /**
     * A resource of the program as text.
     *
     * @param path folder and file
     */
    public static String read(String path) {
        try (InputStream in = Resources.class.getResourceAsStream("/svasim/" + path)) {
            if (in == null) {
                throw new IllegalStateException("no resource svasim/" + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The import map that gives each module its folder and name as its bare name. */
    static String importMap(List<String> modules) {
        return modules.stream()
                .map(name -> '"' + name + "\":\"" + dataAddress(name) + '"')
                .collect(Collectors.joining(",\n", "{\"imports\":{", "}}"));
    }

    private static String dataAddress(String module) {
        byte[] source = read(module + ".js").getBytes(StandardCharsets.UTF_8);
        return "data:text/javascript;base64," + Base64.getEncoder().encodeToString(source);
    }
}
