package svasim.pcie.endpoint;

/**
 * How requests that were sent end: the tag becomes free, its deadline is off, and whoever waits for
 * a tag may go on.
 */
record OpenTags(Tags tags, Deadlines deadlines, Backlog backlog) {
    boolean isInUse(int tag) {
        return tags.isInUse(tag);
    }

    void release(int tag) {
        tags.release(tag);
        deadlines.end(tag);
    }

    /** After one or more were released. */
    void freed() {
        backlog.resume();
    }
}
