package svasim.os.iommu;

import java.util.List;

/** The requests of one page request group, complete; wants exactly one response. */
public final class PageGroup {
    private final List<PageRequest> requests;
    private final long takenPs;

    PageGroup(List<PageRequest> requests, long takenPs) {
        this.requests = List.copyOf(requests);
        this.takenPs = takenPs;
    }

    /** A group of which the last request is known, to answer it. */
    public static PageGroup answering(PageRequest last) {
        return new PageGroup(List.of(last), 0);
    }

    /** The same group as if it had come from another device, or with another PASID. */
    PageGroup mistaken(PciDevice device, int pasid) {
        PageRequest last = last();
        return new PageGroup(
                List.of(
                        new PageRequest(
                                device, pasid, last.address(), last.access(), index(), true)),
                takenPs);
    }

    /** In the order in which they came; the last one is the one marked so. */
    public List<PageRequest> requests() {
        return requests;
    }

    /** When the driver took the last request out of its queue. */
    long takenPs() {
        return takenPs;
    }

    public PciDevice device() {
        return last().device();
    }

    public int pasid() {
        return last().pasid();
    }

    public int index() {
        return last().index();
    }

    /** Addresses of the pages. */
    List<Long> pages() {
        return requests.stream().map(PageRequest::address).toList();
    }

    private PageRequest last() {
        return requests.get(requests.size() - 1);
    }
}
