package svasim.iommu.core;

import svasim.paging.Access;
import svasim.pcie.tlp.TranslationEntry;

/** The entry of a Translation Completion that says what was granted. */
public final class GrantedEntry {
    private static final int READ_AND_EXECUTE = Access.READ | Access.EXECUTE;

    private GrantedEntry() {}

    /**
     * Encodes the entry, with execute permission only if asked for and readable too, and with the
     * privilege of the request.
     *
     * @param granted bits of {@link Access}
     * @return 0 if neither reads nor writes are granted
     */
    public static long of(Inquiry request, long output, int pageShift, int granted) {
        long access =
                ((granted & Access.READ) != 0 ? TranslationEntry.READ : 0)
                        | ((granted & Access.WRITE) != 0 ? TranslationEntry.WRITE : 0);
        if (access == 0) {
            return 0;
        }
        boolean execute =
                request.wants(Access.EXECUTE) && (granted & READ_AND_EXECUTE) == READ_AND_EXECUTE;
        return access
                | (execute ? TranslationEntry.EXECUTE : 0)
                | (request.wants(Access.PRIVILEGED) ? TranslationEntry.PRIVILEGED : 0)
                | TranslationEntry.range(output, pageShift);
    }
}
