package svasim.lesson.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of bounded width. */
final class Lines {
    /** Characters of a line at most, unless a word is longer. */
    static final int WIDTH = 96;

    private Lines() {}

    /**
     * Breaks a text at spaces.
     *
     * @param first before the first line
     * @param next before each other one
     */
    static List<String> wrap(String text, String first, String next) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.strip().split("\\s+")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
