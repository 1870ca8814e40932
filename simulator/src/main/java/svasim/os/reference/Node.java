package svasim.os.reference;

/**
 * An object that holds or is held.
 *
 * @param id unique in a run
 * @param name for people, for example {@code "app.mm"}
 */
public record Node(long id, String name) {}
