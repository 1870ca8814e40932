package svasim.pcie.endpoint;

/** The stages of an access; each stage says with this which one follows. */
interface Course {
    /** No translation is at hand: one has to be asked for. */
    void translate(Access access);

    /**
     * Its packets can be sent.
     *
     * @param entry translation to use; 0 for untranslated packets
     */
    void issue(Access access, long entry);

    /** The page is not there: the host has to be asked for it. */
    void askForPage(Access access);

    void end(Access access, DmaStatus status);
}
