package svasim.os.iommu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;

/** A buffer that a driver shares with its device through the DMA API. */
public final class DmaBuffer {
    /** One of so many frames is not for buffers. */
    private static final int KEPT_BACK = 16;

    private static final long UNMAPPED = -1;

    /** Instead of the frame of a page that nobody has asked for yet. */
    private static final long ABSENT = -1;

    private final PciDevice device;
    private final long bytes;
    private final int pageShift;
    private final List<Long> frames = new ArrayList<>();
    private long iova = UNMAPPED;
    private boolean borrowed;

    /**
     * @param bytes rounded up to whole pages
     * @param pageShift log2 of the pages that it is made of and mapped with: 12 or 21
     */
    public DmaBuffer(PciDevice device, long bytes, int pageShift) {
        this.device = device;
        this.pageShift = pageShift;
        long page = 1L << pageShift;
        this.bytes = bytes + page - 1 & -page;
    }

    /** Pages of 4 KiB that somebody else owns (dma_map_page). */
    public static DmaBuffer ofPages(PciDevice device, List<Long> frames) {
        long bytes = (long) frames.size() << PhysicalMemory.FRAME_SHIFT;
        DmaBuffer buffer = new DmaBuffer(device, bytes, PhysicalMemory.FRAME_SHIFT);
        buffer.frames.addAll(frames);
        buffer.borrowed = true;
        return buffer;
    }

    public PciDevice device() {
        return device;
    }

    /** Whether the pages are somebody else's, so that they are mapped and unmapped only. */
    boolean isBorrowed() {
        return borrowed;
    }

    /** Size in bytes, whole pages. */
    public long bytes() {
        return bytes;
    }

    public int pageShift() {
        return pageShift;
    }

    /** Number of pages. */
    public int pages() {
        return Math.toIntExact(bytes >>> pageShift);
    }

    public boolean isMapped() {
        return iova != UNMAPPED;
    }

    /** Address of the first byte as the device has to use it. */
    public long iova() {
        return iova;
    }

    /** Physical address of a byte, for accesses of the kernel. */
    public long physical(long offset) {
        return frames.get((int) (offset >>> pageShift)) + (offset & (1L << pageShift) - 1);
    }

    /** Whether there is memory for the buffer, beside what page tables and drivers may need. */
    boolean fits(Frames from) {
        if (borrowed) {
            return true;
        }
        long kept = from.count() / KEPT_BACK;
        boolean enough = bytes >>> PhysicalMemory.FRAME_SHIFT <= from.available() - kept;
        return enough
                && (perPage() == 1 || from.haveContiguous(Math.multiplyExact(pages(), perPage())));
    }

    /** Whether there is memory in one piece, for a device that nothing translates for. */
    boolean fitsContiguously(Frames from) {
        return borrowed
                || fits(from) && from.haveContiguous(Math.multiplyExact(pages(), perPage()));
    }

    private int perPage() {
        return 1 << pageShift - PhysicalMemory.FRAME_SHIFT;
    }

    /** An IOMMU driver: takes memory for the buffer. */
    public void allocate(Frames from, int owner) {
        if (borrowed) {
            return;
        }
        for (int i = 0; i < pages(); i++) {
            frames.add(page(from, owner));
        }
    }

    private long page(Frames from, int owner) {
        return perPage() == 1
                ? from.allocate(FrameUse.DRIVER, owner)
                : from.allocateContiguous(FrameUse.DRIVER, owner, perPage());
    }

    /** An IOMMU driver: the pages of the buffer come one by one, when the device asks for them. */
    void leaveAbsent() {
        frames.addAll(Collections.nCopies(pages(), ABSENT));
    }

    /** Whether there is memory behind a byte. */
    boolean isPresent(long offset) {
        return frames.get((int) (offset >>> pageShift)) != ABSENT;
    }

    /**
     * Takes memory for the page around a byte.
     *
     * @return false if there is none
     */
    boolean bringIn(long offset, Frames from, int owner) {
        if (!from.haveContiguous(perPage())) {
            return false;
        }
        frames.set((int) (offset >>> pageShift), page(from, owner));
        return true;
    }

    /** Takes memory that follows each other, for a device that nothing translates for. */
    public void allocateContiguous(Frames from, int owner) {
        if (borrowed) {
            return;
        }
        long start = from.allocateContiguous(FrameUse.DRIVER, owner, pages() * perPage());
        for (int i = 0; i < pages(); i++) {
            frames.add(start + ((long) i << pageShift));
        }
    }

    /** An IOMMU driver: the device can use the buffer from now on. */
    public void mapped(long address) {
        iova = address;
    }

    /** An IOMMU driver: no device can use the buffer any more; its memory goes back. */
    public void free(Frames to) {
        iova = UNMAPPED;
        if (borrowed) {
            return;
        }
        frames.removeIf(page -> page == ABSENT);
        for (long page : frames) {
            for (long at = page; at < page + (1L << pageShift); at += PhysicalMemory.FRAME_BYTES) {
                to.free(at);
            }
        }
        frames.clear();
    }
}
