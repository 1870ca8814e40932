package svasim.os.mm;

/** What madvise(2) can be told. */
public enum Advice {
    /** The contents are not needed: pages are freed at once, the next touch finds zeroes. */
    DONT_NEED,
    /** The contents may be dropped when memory is short, unless they are written again. */
    FREE,
    /** The pages go to the swap device now. */
    PAGE_OUT,
    /** Pages of 2 MiB are wanted from now on. */
    HUGE_PAGE,
    /** Pages of 2 MiB are not wanted any more. */
    NO_HUGE_PAGE,
    /** Small pages that are there become pages of 2 MiB now. */
    COLLAPSE,
    /** A forked process does not get the range. */
    DONT_FORK,
    /** A forked process gets the range, but zeroes in it. */
    WIPE_ON_FORK
}
