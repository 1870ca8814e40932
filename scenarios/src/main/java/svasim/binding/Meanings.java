package svasim.binding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.words.RecordWords;

/**
 * What the Javadoc of a record says for users, as {@link RecordWords} keeps it beside the class.
 * Nothing, if the record was compiled without.
 */
public final class Meanings {
    private final String summary;
    private final Map<String, String> components = new HashMap<>();

    private Meanings(List<String> lines) {
        summary = lines.isEmpty() ? "" : lines.get(0);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            int space = line.indexOf(' ');
            components.put(line.substring(0, space), line.substring(space + 1));
        }
    }

    /** Of a record type. */
    public static Meanings of(Class<?> record) {
        String name = record.getName().substring(record.getPackageName().length() + 1);
        try (InputStream words = record.getResourceAsStream(name + RecordWords.EXTENSION)) {
            return new Meanings(
                    words == null
                            ? List.of()
                            : new String(words.readAllBytes(), StandardCharsets.UTF_8)
                                    .lines()
                                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the record is; empty if nothing is known. */
    public String summary() {
        return summary;
    }

    /** Where the default of one of its components is from; empty if nothing is known. */
    public String sourceOf(String component) {
        return of(RecordWords.SOURCE + component);
    }

    /** What one of its components means; empty if nothing is known. */
    public String of(String component) {
        return components.getOrDefault(component, "");
    }
}
