package svasim.paging;

/** Is told the pages that an operation on a range came across, in ascending order. */
@FunctionalInterface
public interface LeafVisitor {
    /** Does nothing. */
    LeafVisitor NONE = (input, output, pageShift, entry) -> {};

    /**
     * @param input first input address of the page
     * @param output first output address
     * @param pageShift log2 of its size
     * @param entry the leaf before it was changed, with its accessed and dirty bits
     */
    void leaf(long input, long output, int pageShift, long entry);
}
