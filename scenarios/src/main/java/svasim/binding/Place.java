package svasim.binding;

/**
 * Where something stands in a file.
 *
 * @param file as the user named it
 * @param line from 1; 0 if the whole file is meant
 * @param column from 1
 */
public record Place(String file, int line, int column) {
    /** The file as a whole. */
    public static Place whole(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
