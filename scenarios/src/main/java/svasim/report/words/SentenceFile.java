package svasim.report.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.binding.InvalidInput;
import svasim.binding.Mistake;
import svasim.binding.Place;

/**
 * Reads a file of sentences: {@code key = full | simple | why} on one line, {@code [procedure,
 * procedure]} before the steps of procedures, {@code #} before a remark.
 */
final class SentenceFile {
    private static final int PARTS = 3;

    private final String name;
    private final Map<String, Sentence> sentences = new TreeMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private List<String> procedures = List.of("");

    private SentenceFile(String name) {
        this.name = name;
    }

    /** A resource beside this class. */
    static Map<String, Sentence> resource(String name) {
        return read(name, text(name));
    }

    static String text(String name) {
        try (InputStream in = SentenceFile.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return sentences by kind's name or by step's label
     * @throws InvalidInput with every line that is not understood
     */
    static Map<String, Sentence> read(String name, String text) {
        SentenceFile file = new SentenceFile(name);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            file.read(line.strip(), ++number);
        }
        if (!file.mistakes.isEmpty()) {
            throw new InvalidInput(file.mistakes);
        }
        return file.sentences;
    }

    private void read(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("[") && line.endsWith("]")) {
            procedures = new ArrayList<>();
            for (String procedure : line.substring(1, line.length() - 1).split(",")) {
                procedures.add(procedure.strip() + "/");
            }
            return;
        }
        int equals = line.indexOf(" = ");
        String[] parts = equals < 0 ? new String[0] : line.substring(equals + 3).split("\\|", -1);
        if (parts.length == 0 || parts.length > PARTS || part(parts, 0) == null) {
            mistake(number, "expected \"key = full | simple | why\", found \"" + line + "\"");
            return;
        }
        Sentence sentence = new Sentence(part(parts, 0), part(parts, 1), part(parts, 2));
        String key = line.substring(0, equals).strip();
        for (String procedure : procedures) {
            if (sentences.put(procedure + key, sentence) != null) {
                mistake(number, "\"" + procedure + key + "\" has a sentence already");
            }
        }
    }

    private static String part(String[] parts, int index) {
        return index >= parts.length || parts[index].isBlank() ? null : parts[index].strip();
    }

    private void mistake(int line, String what) {
        mistakes.add(new Mistake(new Place(name, line, 1), "", what, null));
    }
}
