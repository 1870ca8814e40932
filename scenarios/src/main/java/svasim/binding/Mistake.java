package svasim.binding;

/**
 * One mistake of the user.
 *
 * @param path keys from the top, each after a slash; empty for the file as a whole
 * @param what was found
 * @param remedy what was expected or what to do, or null
 */
public record Mistake(Place place, String path, String what, String remedy) {
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(place.toString()).append(": ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(what);
        return remedy == null ? text.toString() : text.append("; ").append(remedy).toString();
    }
}
