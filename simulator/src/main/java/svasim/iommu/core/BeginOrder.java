package svasim.iommu.core;

/**
 * Inquiries that have begun and are not answered, in the order in which they have begun: a list
 * that leads from one to the next, so that any of them leaves it at once.
 */
final class BeginOrder {
    private Inquiry oldest;
    private Inquiry youngest;

    boolean isEmpty() {
        return oldest == null;
    }

    /** Number of the oldest; there must be one. */
    long oldest() {
        return oldest.serial;
    }

    /** The inquiry begins; its number is larger than all before. */
    void add(Inquiry inquiry) {
        inquiry.older = youngest;
        inquiry.younger = null;
        if (youngest == null) {
            oldest = inquiry;
        } else {
            youngest.younger = inquiry;
        }
        youngest = inquiry;
    }

    void remove(Inquiry inquiry) {
        if (inquiry.older == null) {
            oldest = inquiry.younger;
        } else {
            inquiry.older.younger = inquiry.younger;
        }
        if (inquiry.younger == null) {
            youngest = inquiry.older;
        } else {
            inquiry.younger.older = inquiry.older;
        }
    }
}
