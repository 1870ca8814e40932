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

    /** By tag; null for a tag that never was one of a translation. */
    private final Request[] requests;

    private int highest = NONE;

    /** What is known of the request of one tag. */
    private static final class Request {
        private PasidPrefix prefix;
        private long page;
        private long unitsBytes;
        private boolean noWrite;
        private boolean stale;
        private boolean outstanding;

        /** What the completions of a request that is not answered in full have brought so far. */
        private byte[] pieces = NO_DATA;

        /** Invalidations that arrived meanwhile, and were not about its pages. */
        private final List<InvalidatedRange> passedBy = new ArrayList<>(0);

        private boolean asksFor(long wanted) {
            long behind = wanted - page;
            return behind == 0 || behind > 0 && behind < unitsBytes;
        }
    }

    TranslationRequests(int requesterId, int tags, int entries) {
        this.requesterId = requesterId;
        this.entries = entries;
        requests = new Request[tags];
    }

    /** The tag whose answer may serve the access too, or {@link #NONE}. */
    int serving(Access access) {
        for (int tag = 0; tag <= highest; tag++) {
            Request request = requests[tag];
            if (request != null
                    && request.outstanding
                    && !request.stale
                    && request.asksFor(access.page())
                    && (!request.noWrite || !access.write)
                    && Objects.equals(request.prefix, access.prefix)) {
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
        if (requests[tag] == null) {
            requests[tag] = new Request();
        }
        Request request = requests[tag];
        request.prefix = access.prefix;
        request.page = access.page();
        request.unitsBytes = (long) entries << unitShift;
        request.noWrite = !access.write;
        request.stale = false;
        request.outstanding = true;
        request.pieces = NO_DATA;
        request.passedBy.clear();
        highest = Math.max(highest, tag);
    }

    /**
     * A completion came.
     *
     * @return the whole answer, or null if another completion has to come
     */
    TranslationAnswer brought(int tag, Tlp.Completion completion) {
        Request request = requests[tag];
        byte[] before = request.pieces;
        byte[] data = completion.data();
        byte[] all = Arrays.copyOf(before, before.length + data.length);
        System.arraycopy(data, 0, all, before.length, data.length);
        request.pieces = all;
        boolean last = data.length == 0 || completion.byteCount() <= data.length;
        return last ? new TranslationAnswer(request.page, all) : null;
    }

    /** The answer came, or none will be waited for. */
    void end(int tag) {
        if (requests[tag] != null) {
            requests[tag].outstanding = false;
        }
    }

    /** Answers that are under way to the range must not be used. */
    void invalidate(InvalidatedRange range) {
        for (int tag = 0; tag <= highest; tag++) {
            Request request = requests[tag];
            if (request != null && request.outstanding) {
                if (range.covers(request.prefix, request.page)) {
                    request.stale = true;
                } else {
                    request.passedBy.add(range);
                }
            }
        }
    }

    /** No answer that is under way may be used. */
    void invalidateAll() {
        for (int tag = 0; tag <= highest; tag++) {
            if (requests[tag] != null) {
                requests[tag].stale = true;
            }
        }
    }

    /** Whether an invalidation concerns the answer: what was asked for, or what came beyond it. */
    boolean isStale(int tag, TranslationAnswer answer) {
        Request request = requests[tag];
        List<InvalidatedRange> ranges = request.passedBy;
        for (int i = 0; i < ranges.size() && !request.stale; i++) {
            request.stale = answer.isMetBy(ranges.get(i), request.prefix);
        }
        return request.stale;
    }

    /** Whether the tag is outstanding and has asked with the PASID. */
    boolean isFor(int tag, PasidPrefix prefix) {
        Request request = requests[tag];
        return request != null
                && request.outstanding
                && PasidPrefix.number(request.prefix) == prefix.pasid();
    }

    /** What was asked with the tag counts as asked with another PASID. */
    void reassign(int tag, int pasid) {
        PasidPrefix before = requests[tag].prefix;
        requests[tag].prefix = new PasidPrefix(pasid, before.privileged(), before.execute());
    }

    PasidPrefix prefix(int tag) {
        return requests[tag].prefix;
    }

    long page(int tag) {
        return requests[tag].page;
    }
}
