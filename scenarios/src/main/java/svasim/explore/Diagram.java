package svasim.explore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A story as a Mermaid sequence diagram: an arrow where one lane acted on another, else a note. */
final class Diagram {
    private final Map<String, String> participants = new LinkedHashMap<>();
    private final StringBuilder lines = new StringBuilder();

    private Diagram() {}

    static String of(List<Told> story) {
        Diagram diagram = new Diagram();
        story.forEach(diagram::draw);
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        diagram.participants.forEach(
                (lane, id) ->
                        text.append("    participant ")
                                .append(id)
                                .append(" as ")
                                .append(clean(lane))
                                .append('\n'));
        return text.append(diagram.lines).toString();
    }

    private void draw(Told line) {
        String from = participant(line.from());
        String to = participant(line.lane());
        String text = clean(line.moment() + " " + line.text());
        lines.append("    ");
        if (from.equals(to)) {
            lines.append("Note over ").append(to);
        } else {
            lines.append(from).append("->>").append(to);
        }
        lines.append(": ").append(text).append('\n');
    }

    private String participant(String lane) {
        return participants.computeIfAbsent(lane, name -> "p" + participants.size());
    }

    /** Without the characters that end a message of Mermaid. */
    private static String clean(String text) {
        return text.replace(';', ',').replace('#', ' ').replace('\n', ' ');
    }
}
