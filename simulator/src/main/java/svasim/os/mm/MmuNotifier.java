package svasim.os.mm;

import svasim.os.procedure.Call;
import svasim.os.reference.Node;

/** Somebody with translations of an address space: called when those become wrong. */
public interface MmuNotifier {
    /** The notifier in the graph of references; it holds mm_count while registered. */
    Node node();

    /**
     * The contents go: no translation may be used after the call. From then on no range is
     * announced any more.
     */
    Call<?> release();

    /**
     * Translations of a range have changed; none of the old ones may be used after the call.
     *
     * @param end first address behind the range; -1 for the whole address space
     */
    Call<?> invalidate(long start, long end);
}
