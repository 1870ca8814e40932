package svasim.lesson.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Asks for lines.
 *
 * @param sign printed before each line that is read; empty if nobody types
 */
public record Prompt(BufferedReader in, PrintWriter out, String sign) {
    /** The next line; null at the end of input. */
    String ask() throws IOException {
        out.print(sign);
        out.flush();
        String line = in.readLine();
        if (line == null && !sign.isEmpty()) {
            out.println();
        }
        return line;
    }
}
