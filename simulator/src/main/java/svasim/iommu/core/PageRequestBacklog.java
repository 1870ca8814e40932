package svasim.iommu.core;

import java.util.List;

/**
 * Page requests that software has yet to take from a unit; for checks.
 *
 * @param waiting entries in the queue
 * @param stopped whether requests are lost until software acknowledges an overflow
 */
public record PageRequestBacklog(int waiting, boolean stopped) {
    /** Of a unit without such a queue. */
    public static final PageRequestBacklog NONE = new PageRequestBacklog(0, false);

    /** Of several units together. */
    public static PageRequestBacklog sum(List<PageRequestBacklog> parts) {
        return new PageRequestBacklog(
                parts.stream().mapToInt(PageRequestBacklog::waiting).sum(),
                parts.stream().anyMatch(PageRequestBacklog::stopped));
    }
}
