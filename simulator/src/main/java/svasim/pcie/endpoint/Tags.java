package svasim.pcie.endpoint;

import java.util.BitSet;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** Which transaction each tag of the function stands for; reads and translations share them. */
final class Tags {
    /** No tag is free. */
    static final int NONE = -1;

    private final BitSet inUse = new BitSet();
    private final Access[] readers;
    private final int[] offsets;
    private final int[] sizes;

    /** Bytes that completions have not brought yet. */
    private final int[] owed;

    Tags(int count) {
        readers = new Access[count];
        offsets = new int[count];
        sizes = new int[count];
        owed = new int[count];
    }

    int count() {
        return readers.length;
    }

    /**
     * The lowest free tag, not yet taken.
     *
     * @param limit tags that may be used now
     */
    int free(int limit) {
        int tag = inUse.nextClearBit(0);
        return tag < Math.min(limit, readers.length) ? tag : NONE;
    }

    /** Takes a tag for a Translation Request. */
    void take(int tag) {
        inUse.set(tag);
        readers[tag] = null;
    }

    /** Takes a tag for a read of a part of an access. */
    void take(int tag, Access reader, int offset, int bytes) {
        inUse.set(tag);
        readers[tag] = reader;
        offsets[tag] = offset;
        sizes[tag] = bytes;
        owed[tag] = bytes;
    }

    void release(int tag) {
        inUse.clear(tag);
        readers[tag] = null;
    }

    boolean isInUse(int tag) {
        return tag < readers.length && inUse.get(tag);
    }

    /** Tags outstanding. */
    int outstanding() {
        return inUse.cardinality();
    }

    /** The access that reads with the tag; null for a translation. */
    Access reader(int tag) {
        return readers[tag];
    }

    /** First byte of the part, from the start of the access. */
    int offset(int tag) {
        return offsets[tag];
    }

    /**
     * A completion has brought so many bytes of the part.
     *
     * @return whether that is all
     */
    boolean brought(int tag, int bytes) {
        owed[tag] -= bytes;
        return owed[tag] <= 0;
    }

    /** Bytes of the part. */
    int size(int tag) {
        return sizes[tag];
    }

    /**
     * Whether a completion brings a part of what was read under its tag, or tells that there is
     * none; else it is not the answer to that, whoever has sent it (PCI Express Base 5.0, 2.3.2).
     */
    boolean expects(Tlp.Completion completion) {
        int tag = completion.tag();
        if (!isInUse(tag)) {
            return false;
        }
        int bytes = completion.data().length;
        boolean read = readers[tag] != null && sizes[tag] > 0;
        boolean bringsData = read && completion.status() == CompletionStatus.SUCCESS;
        return !bringsData
                || bytes > 0
                        && bytes <= completion.byteCount()
                        && completion.byteCount() <= sizes[tag];
    }
}
