package svasim.bench.chain;

/** Where the cards read. */
public enum ChainPattern {
    /** 256 pages, which the IOTLB holds. */
    HIT(256, false),
    /** 65 536 pages, of which it holds hardly any. */
    MISS(1 << 16, false),
    /** 256 pages, but for one read in ten, which goes to any of 65 536. */
    MIX(1 << 16, true),
    /** A buffer so large that nearly every read is the first one of its page. */
    FAULT(1 << 20, false);

    private final int pages;
    private final boolean hotPart;

    ChainPattern(int pages, boolean hotPart) {
        this.pages = pages;
        this.hotPart = hotPart;
    }

    int pages() {
        return pages;
    }

    /** Whether most reads stay within the pages of {@link #HIT}. */
    boolean hasHotPart() {
        return hotPart;
    }

    /** Whether pages come when a card asks for them. */
    boolean isOnDemand() {
        return this == FAULT;
    }
}
