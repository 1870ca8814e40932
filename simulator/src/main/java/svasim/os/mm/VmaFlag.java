package svasim.os.mm;

/** What is special about a mapping. */
public enum VmaFlag {
    /** Stores reach the file and all who map it; else they go to a copy (VM_SHARED). */
    SHARED,
    /** A forked process does not get the mapping (VM_DONTCOPY). */
    DONT_COPY,
    /** A forked process gets the mapping, but none of its contents (VM_WIPEONFORK). */
    WIPE_ON_FORK,
    /** mremap(2) does not make it larger (VM_DONTEXPAND). */
    DONT_EXPAND,
    /** Pages of 2 MiB are wanted (VM_HUGEPAGE). */
    HUGE_PAGES
}
