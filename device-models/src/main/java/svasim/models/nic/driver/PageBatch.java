package svasim.models.nic.driver;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.DmaBuffer;
import svasim.os.iommu.PciDevice;

/**
 * Pages that are mapped together, at addresses that follow each other, and unmapped together when
 * the card needs none of them any more.
 */
final class PageBatch {
    private static final int PAGE_SHIFT = 12;

    private final List<Long> frames;
    private final DmaBuffer mapping;
    private final List<PacketPage> returned = new ArrayList<>();
    private int taken;
    private int ended;

    PageBatch(PciDevice device, List<Long> frames) {
        this.frames = frames;
        this.mapping = DmaBuffer.ofPages(device, frames);
    }

    DmaBuffer mapping() {
        return mapping;
    }

    /** The next page that nobody has had, or null. */
    PacketPage take() {
        return taken == frames.size() ? null : new PacketPage(this, taken++);
    }

    /** All pages that nobody has had. */
    List<PacketPage> takeRest() {
        List<PacketPage> rest = new ArrayList<>();
        for (PacketPage page = take(); page != null; page = take()) {
            rest.add(page);
        }
        return rest;
    }

    /** Physical address of a page. */
    long frame(int number) {
        return frames.get(number);
    }

    /** Address of a page for the card. */
    long iova(int number) {
        return mapping.iova() + ((long) number << PAGE_SHIFT);
    }

    /** The card has no need of one of the pages; returns whether that was the last. */
    boolean end() {
        return ++ended == frames.size();
    }

    /** The kernel has no need of the page, but its address is still known to the card. */
    void giveMapped(PacketPage page) {
        returned.add(page);
    }

    /** Pages that were given while they were mapped. */
    List<PacketPage> takeReturned() {
        List<PacketPage> all = List.copyOf(returned);
        returned.clear();
        return all;
    }
}
