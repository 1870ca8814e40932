package svasim.binding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a file as text: UTF-8 without control characters, of a size that a person or a program
 * writes for a run.
 */
final class Text {
    /** As many characters as the reader of YAML takes; some 12 000 processes of five lines. */
    static final int MAX_BYTES = 3 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Text() {}

    /**
     * @throws InvalidInput if the bytes are no text
     */
    static String of(String file, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidInput(
                    Place.whole(file), "", bytes.length + " bytes", "at most " + MAX_BYTES);
        }
        String text = decode(file, bytes);
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        refuseControlCharacters(file, text);
        return text;
    }

    private static String decode(String file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput(Place.whole(file), "", "not a text", "expected UTF-8");
        }
    }

    private static void refuseControlCharacters(String file, String text) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                lineStart = i + 1;
            } else if (c < ' ' && c != '\t' && c != '\r' || c == 0x7F) {
                throw new InvalidInput(
                        new Place(file, line, i - lineStart + 1),
                        "",
                        String.format("control character U+%04X", (int) c),
                        "expected a text");
            }
        }
    }
}
