package svasim.pcie.endpoint;

import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.TranslationEntry;

/** One access under way, from the call of the device model to its end; reused afterwards. */
final class Access {
    /** Where an access stands. */
    enum Phase {
        /** Waits for the look-up in the ATC. */
        LOOKUP,
        /** Has missed: a Translation Request is to be sent or is outstanding. */
        TRANSLATE,
        /** Waits for the answer to a Page Request, or for being allowed to send one. */
        PAGE,
        /** Its packets are sent and, for a read, answered. */
        ISSUE,
        /** Ended; the client is about to be told. */
        DONE
    }

    /** Waits for nothing that has a number. */
    static final int NOTHING = -1;

    private static final int PAGE_MASK = 0xFFF;

    final int index;

    DmaRequest request;
    DmaClient client;
    long token;
    boolean write;

    /** Address space as it is sent: flags that are not enabled are off. */
    PasidPrefix prefix;

    /** Data to write, copied from the buffer of the device. */
    byte[] data;

    Phase phase;
    long startedPs;

    /** Tag of the Translation Request, or index of the page request group, that it waits for. */
    int waitsFor;

    /** Translation in use; 0 if the packets are untranslated. */
    long entry;

    /** Bytes for which packets were sent, and whether that is all. */
    int issued;

    boolean allIssued;

    /** Reads that were sent and not answered in full. */
    int unanswered;

    DmaStatus status;

    /** First byte that could not be accessed. */
    int faultOffset;

    /** Bit i: the i-th invalidation under way waits for this use of a translation. */
    int invalidations;

    Access(int index) {
        this.index = index;
    }

    void begin(DmaRequest from, boolean isWrite, long nowPs) {
        request = from;
        write = isWrite;
        startedPs = nowPs;
        prefix = null;
        phase = Phase.LOOKUP;
        waitsFor = NOTHING;
        entry = 0;
        issued = 0;
        allIssued = false;
        unanswered = 0;
        status = DmaStatus.OK;
        faultOffset = 0;
        invalidations = 0;
    }

    /** Who is told of the end, and the word that it gave. */
    void reportTo(DmaClient to, long word) {
        client = to;
        token = word;
    }

    int pasid() {
        return PasidPrefix.number(request.pasid());
    }

    /** Untranslated address of the 4 KiB page. */
    long page() {
        return request.address() & ~(long) PAGE_MASK;
    }

    /** Whether a translation permits the access. */
    boolean permittedBy(long translation) {
        long needed = write ? TranslationEntry.WRITE : TranslationEntry.READ;
        if (prefix != null && prefix.execute()) {
            needed |= TranslationEntry.EXECUTE;
        }
        return (translation & needed) == needed;
    }

    /** Whether its packets carry physical addresses. */
    boolean translated() {
        return entry != 0 && (entry & TranslationEntry.UNTRANSLATED_ONLY) == 0;
    }

    /** Address to send for a byte of the access. */
    long addressOf(int offset) {
        long address = request.address() + offset;
        if (!translated()) {
            return address;
        }
        long inPage = (1L << TranslationEntry.shift(entry)) - 1;
        return TranslationEntry.base(entry) | address & inPage;
    }

    /** Whether it waits for the answer to the Translation Request with a tag. */
    boolean waitsForTranslation(int tag) {
        return phase == Phase.TRANSLATE && waitsFor == tag;
    }

    /** Whether its next packet is a posted one. */
    boolean sendsPosted() {
        return write && phase == Phase.ISSUE;
    }

    /** Whether an invalidation of the range concerns the translation that it uses. */
    boolean uses(InvalidatedRange range) {
        return phase == Phase.ISSUE
                && entry != 0
                && range.concerns(prefix, entry)
                && range.meets(page(), 0);
    }

    @Override
    public String toString() {
        return String.format(
                "%s of %d bytes at 0x%x, PASID %d, in phase %s",
                write ? "write" : "read", request.bytes(), request.address(), pasid(), phase);
    }
}
