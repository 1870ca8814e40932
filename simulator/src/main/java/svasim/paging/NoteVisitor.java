package svasim.paging;

/** Is told the notes that software has left in entries that are not present. */
@FunctionalInterface
public interface NoteVisitor {
    /** Does nothing. */
    NoteVisitor NONE = (input, note) -> {};

    /**
     * @param input address of the page that is not there
     */
    void note(long input, long note);
}
