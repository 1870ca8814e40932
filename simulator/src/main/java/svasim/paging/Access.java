package svasim.paging;

/** What a request wants, and what a page permits, as bits of an int. */
public final class Access {
    public static final int READ = 1;
    public static final int WRITE = 1 << 1;
    public static final int EXECUTE = 1 << 2;

    /** The request is made by, or the page is reserved for, privileged software. */
    public static final int PRIVILEGED = 1 << 3;

    /** A zero-length read: flushes writes, reads nothing. */
    public static final int ZERO_LENGTH = 1 << 4;

    /**
     * An ATS Translation Request: asks which of the accesses are permitted, so that lacking
     * permission is no fault.
     */
    public static final int TRANSLATION_REQUEST = 1 << 5;

    /** Made by a walk to read or update a table of another stage or a context, not by a request. */
    public static final int OF_TABLE = 1 << 6;

    private Access() {}

    /** For example {@code "rw"} or {@code "rxp"}. */
    public static String text(int access) {
        StringBuilder text = new StringBuilder();
        String letters = "rwxpzt";
        for (int i = 0; i < letters.length(); i++) {
            if ((access >>> i & 1) != 0) {
                text.append(letters.charAt(i));
            }
        }
        return text.toString();
    }
}
