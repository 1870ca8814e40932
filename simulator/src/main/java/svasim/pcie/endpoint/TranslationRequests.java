package svasim.pcie.endpoint;

import java.util.Arrays;
import java.util.Objects;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Translation Requests that are outstanding, by tag. */
final class TranslationRequests {
    /** No request outstanding serves the access. */
    static final int NONE = -1;

    private final int requesterId;
    private final PasidPrefix[] prefixes;
    private final long[] pages;
    private final boolean[] noWrite;
    private final boolean[] stale;
    private final boolean[] outstanding;
    private int highest = NONE;

    TranslationRequests(int requesterId, int tags) {
        this.requesterId = requesterId;
        prefixes = new PasidPrefix[tags];
        pages = new long[tags];
        noWrite = new boolean[tags];
        stale = new boolean[tags];
        outstanding = new boolean[tags];
    }

    /** The tag whose answer will serve the access too, or {@link #NONE}. */
    int serving(Access access) {
        for (int tag = 0; tag <= highest; tag++) {
            if (outstanding[tag]
                    && !stale[tag]
                    && pages[tag] == access.page()
                    && (!noWrite[tag] || !access.write)
                    && Objects.equals(prefixes[tag], access.prefix)) {
                return tag;
            }
        }
        return NONE;
    }

    /** The packet that asks for what the access needs; reads do not ask to write. */
    Tlp packet(Access access, int tag) {
        return new Tlp.TranslationRequest(
                requesterId,
                tag,
                access.page(),
                1,
                !access.write,
                access.prefix,
                Attributes.DEFAULT);
    }

    /** The packet was sent. */
    void begin(Access access, int tag) {
        prefixes[tag] = access.prefix;
        pages[tag] = access.page();
        noWrite[tag] = !access.write;
        stale[tag] = false;
        outstanding[tag] = true;
        highest = Math.max(highest, tag);
    }

    /** The answer came, or none will be waited for. */
    void end(int tag) {
        outstanding[tag] = false;
    }

    /** Answers that are under way to the range must not be used. */
    void invalidate(InvalidatedRange range) {
        for (int tag = 0; tag <= highest; tag++) {
            if (outstanding[tag] && range.covers(prefixes[tag], pages[tag])) {
                stale[tag] = true;
            }
        }
    }

    /** No answer that is under way may be used. */
    void invalidateAll() {
        Arrays.fill(stale, true);
    }

    boolean isStale(int tag) {
        return stale[tag];
    }

    PasidPrefix prefix(int tag) {
        return prefixes[tag];
    }

    long page(int tag) {
        return pages[tag];
    }
}
