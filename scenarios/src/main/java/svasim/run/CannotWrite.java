package svasim.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Nothing can be written where the user wants it, or it would be written over something. */
public final class CannotWrite extends IOException {
    private static final long serialVersionUID = 1L;

    public CannotWrite(Path where, String why) {
        super(where + ": " + why);
    }

    public CannotWrite(Path where, IOException why) {
        super(where + ": " + words(why), why);
    }

    /** What the system says, without the name of a class or of a second file where it says it. */
    private static String words(IOException why) {
        String words = why instanceof FileSystemException e ? e.getReason() : why.getMessage();
        return words == null ? why.toString() : words;
    }
}
