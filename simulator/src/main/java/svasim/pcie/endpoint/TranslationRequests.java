package svasim.pcie.endpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Translation Requests that are outstanding, by tag. */
final class TranslationRequests {
    /** No request outstanding serves the access. */
    static final int NONE = -1;

    private static final byte[] NO_DATA = new byte[0];

    private final int requesterId;

    /** Pages in a request: the one that is needed, and those that follow it. */
    private final int entries;

    private final PasidPrefix[] prefixes;
    private final long[] pages;
    private final long[] unitsBytes;
    private final boolean[] noWrite;
    private final boolean[] stale;
    private final boolean[] outstanding;

    /** What the completions of a request that is not answered in full have brought so far. */
    private final byte[][] pieces;

    /** Invalidations that arrived while a request was outstanding, and were not about its pages. */
    private final List<List<InvalidatedRange>> passedBy = new ArrayList<>();

    private int highest = NONE;

    TranslationRequests(int requesterId, int tags, int entries) {
        this.requesterId = requesterId;
        this.entries = entries;
        prefixes = new PasidPrefix[tags];
        pages = new long[tags];
        unitsBytes = new long[tags];
        noWrite = new boolean[tags];
        stale = new boolean[tags];
        outstanding = new boolean[tags];
        pieces = new byte[tags][];
        for (int i = 0; i < tags; i++) {
            passedBy.add(new ArrayList<>(0));
        }
    }

    /** The tag whose answer may serve the access too, or {@link #NONE}. */
    int serving(Access access) {
        for (int tag = 0; tag <= highest; tag++) {
            if (outstanding[tag]
                    && !stale[tag]
                    && asksFor(tag, access.page())
                    && (!noWrite[tag] || !access.write)
                    && Objects.equals(prefixes[tag], access.prefix)) {
                return tag;
            }
        }
        return NONE;
    }

    /** The packet that asks for what the access needs; reads do not ask to write. */
    Tlp packet(Access access, int tag, Attributes attributes) {
        return new Tlp.TranslationRequest(
                requesterId, tag, access.page(), entries, !access.write, access.prefix, attributes);
    }

    /**
     * The packet was sent.
     *
     * @param unitShift log2 of the distance of the pages of a request
     */
    void begin(Access access, int tag, int unitShift) {
        prefixes[tag] = access.prefix;
        pages[tag] = access.page();
        unitsBytes[tag] = (long) entries << unitShift;
        noWrite[tag] = !access.write;
        stale[tag] = false;
        outstanding[tag] = true;
        pieces[tag] = NO_DATA;
        passedBy.get(tag).clear();
        highest = Math.max(highest, tag);
    }

    /**
     * A completion came.
     *
     * @return the whole answer, or null if another completion has to come
     */
    TranslationAnswer brought(int tag, Tlp.Completion completion) {
        byte[] before = pieces[tag];
        byte[] data = completion.data();
        byte[] all = Arrays.copyOf(before, before.length + data.length);
        System.arraycopy(data, 0, all, before.length, data.length);
        pieces[tag] = all;
        boolean last = data.length == 0 || completion.byteCount() <= data.length;
        return last ? new TranslationAnswer(pages[tag], all) : null;
    }

    /** The answer came, or none will be waited for. */
    void end(int tag) {
        outstanding[tag] = false;
    }

    /** Answers that are under way to the range must not be used. */
    void invalidate(InvalidatedRange range) {
        for (int tag = 0; tag <= highest; tag++) {
            if (outstanding[tag]) {
                if (range.covers(prefixes[tag], pages[tag])) {
                    stale[tag] = true;
                } else {
                    passedBy.get(tag).add(range);
                }
            }
        }
    }

    /** No answer that is under way may be used. */
    void invalidateAll() {
        Arrays.fill(stale, true);
    }

    /** Whether an invalidation concerns the answer: what was asked for, or what came beyond it. */
    boolean isStale(int tag, TranslationAnswer answer) {
        List<InvalidatedRange> ranges = passedBy.get(tag);
        for (int i = 0; i < ranges.size() && !stale[tag]; i++) {
            stale[tag] = answer.isMetBy(ranges.get(i), prefixes[tag]);
        }
        return stale[tag];
    }

    /** Whether the tag is outstanding and has asked with the PASID. */
    boolean isFor(int tag, PasidPrefix prefix) {
        return outstanding[tag] && PasidPrefix.number(prefixes[tag]) == prefix.pasid();
    }

    /** What was asked with the tag counts as asked with another PASID. */
    void reassign(int tag, int pasid) {
        PasidPrefix before = prefixes[tag];
        prefixes[tag] = new PasidPrefix(pasid, before.privileged(), before.execute());
    }

    PasidPrefix prefix(int tag) {
        return prefixes[tag];
    }

    long page(int tag) {
        return pages[tag];
    }

    private boolean asksFor(int tag, long page) {
        long behind = page - pages[tag];
        return behind == 0 || behind > 0 && behind < unitsBytes[tag];
    }
}
