package svasim.binding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one document of YAML or JSON as a located tree. */
public final class TreeReader {
    private static final int MAX_DEPTH = 64;

    private final String file;
    private final JsonParser parser;
    private final Mistakes mistakes = new Mistakes();

    private TreeReader(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * @param file name for messages; {@code .json} is read as JSON, anything else as YAML
     * @throws InvalidInput if it is not one document of plain data
     */
    public static Node read(String file, byte[] bytes) {
        return parse(file, Text.of(file, bytes));
    }

    /** One value as it may stand behind a colon, for example from the command line. */
    public static Node parse(String file, String text) {
        boolean json = file.endsWith(".json");
        try (JsonParser parser =
                json
                        ? new JsonFactory().createParser(text)
                        : new YAMLFactory().createParser(text)) {
            return new TreeReader(file, parser).document();
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    place(file, e.getLocation()),
                    "",
                    firstLine(e.getOriginalMessage()),
                    json ? "expected JSON" : "expected YAML");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Node document() throws IOException {
        if (parser.nextToken() == null) {
            throw new InvalidInput(Place.whole(file), "", "empty file", "expected a map of keys");
        }
        Node root = node("", 0);
        if (parser.nextToken() != null) {
            throw new InvalidInput(here(), "", "a second document", "expected one per file");
        }
        mistakes.throwIfAny();
        return root;
    }

    private Node node(String path, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidInput(
                    here(), "", "nested deeper than " + MAX_DEPTH + " levels", "flatten it");
        }
        refuseAnchors();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(path, depth);
            case START_ARRAY -> sequence(path, depth);
            case VALUE_NULL -> new Node.Scalar(here(), "", Node.Form.NULL);
            default -> new Node.Scalar(here(), parser.getText(), form());
        };
    }

    private Node mapping(String path, int depth) throws IOException {
        Place start = here();
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place place = here();
            parser.nextToken();
            Node value = node(path + "/" + key, depth + 1);
            if (entries.putIfAbsent(key, new Node.Entry(place, value)) != null) {
                mistakes.add(
                        place,
                        path,
                        "key \"" + key + "\" given twice",
                        "first at line " + entries.get(key).key().line());
            }
        }
        return new Node.Mapping(start, entries);
    }

    private Node sequence(String path, int depth) throws IOException {
        Place start = here();
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "/" + items.size(), depth + 1));
        }
        return new Node.Sequence(start, items);
    }

    /** Numbers and truth values are plain; every other scalar counts as a text. */
    private Node.Form form() {
        return parser.currentToken() == JsonToken.VALUE_STRING ? Node.Form.TEXT : Node.Form.PLAIN;
    }

    private void refuseAnchors() throws IOException {
        if (parser.getObjectId() != null
                || parser.getTypeId() != null
                || parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new InvalidInput(here(), "", "an anchor, alias or tag", "write the value itself");
        }
    }

    private Place here() {
        return place(file, parser.currentTokenLocation());
    }

    private static Place place(String file, JsonLocation at) {
        return at == null || at.getLineNr() < 1
                ? Place.whole(file)
                : new Place(file, at.getLineNr(), Math.max(1, at.getColumnNr()));
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("unreadable");
        return line.length() > 160 ? line.substring(0, 160) + "..." : line;
    }
}
