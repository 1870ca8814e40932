package svasim.pcie.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import svasim.pcie.tlp.PasidPrefix;

/**
 * A page request group of a function, from its first page to its response. The newest request is
 * held back until another one follows or the group is complete, since the last one is marked so.
 */
final class PageGroup {
    private final int index;
    private final PasidPrefix prefix;
    private final List<Page> pages = new ArrayList<>();
    private boolean complete;

    /**
     * What one request asks for.
     *
     * @param address of the page
     * @param write whether it is to be written
     */
    record Page(long address, boolean write) {}

    PageGroup(int index, PasidPrefix prefix) {
        this.index = index;
        this.prefix = prefix;
    }

    int index() {
        return index;
    }

    /** Null without PASID. */
    PasidPrefix prefix() {
        return prefix;
    }

    /** Requests of the group, the one held back included. */
    int size() {
        return pages.size();
    }

    /** Whether a page of this address space may join. */
    boolean isOpenTo(PasidPrefix other) {
        return !complete && Objects.equals(prefix, other);
    }

    /** Whether the answer helps the access. */
    boolean serves(Access access) {
        return Objects.equals(prefix, access.prefix)
                && pages.stream()
                        .anyMatch(
                                page ->
                                        page.address() == access.page()
                                                && (page.write() || !access.write));
    }

    /**
     * Adds a page, which is held back.
     *
     * @return the page that was held back so far, or null
     */
    Page add(Page page) {
        Page before = pages.isEmpty() ? null : newest();
        pages.add(page);
        return before;
    }

    /** No page joins any more; the one held back is the last. */
    Page complete() {
        complete = true;
        return newest();
    }

    private Page newest() {
        return pages.get(pages.size() - 1);
    }
}
