package svasim.os.mm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.task.Platform;

/** All pages with contents of processes and files, in the order of their coming. */
final class Pages {
    /** One of so many frames (watermarks of the zones, much simplified). */
    private static final int KEPT_BACK = 16;

    private final Platform platform;
    private final long limit;

    /** Frames that pages leave to page tables, drivers and the kernel. */
    private final long keptBack;

    private long reserve;

    /** By number of the frame: addresses, which end in zeroes, would share places. */
    private final Map<Long, Page> byFrame = new HashMap<>();

    private final Set<Page> oldestFirst = new LinkedHashSet<>();

    /**
     * @param limitBytes memory that they may take all together
     */
    Pages(Platform platform, long limitBytes) {
        this.platform = platform;
        this.limit = limitBytes / PageTables.PAGE;
        this.keptBack = platform.frames().count() / KEPT_BACK;
    }

    /** The page in a frame, or null if the frame holds something else. */
    Page at(long frame) {
        return byFrame.get(frame >>> PageTables.PAGE_SHIFT);
    }

    int count() {
        return byFrame.size();
    }

    /** Whether so many more pages stay within the limits, and the reserve that was opened. */
    boolean haveRoomFor(int number) {
        long missing = missing(number);
        reserve = missing <= 0 ? 0 : reserve;
        return missing <= reserve;
    }

    /** Whether there is room, and so many frames follow each other. */
    boolean haveRoomForHuge(int number) {
        return haveRoomFor(number) && platform.frames().haveContiguous(number);
    }

    /** Nothing can be reclaimed and nobody killed: so many pages come from the reserves. */
    void openReserve(int number) {
        reserve = missing(number);
    }

    /** Pages by which so many more would be too many. */
    private long missing(int number) {
        long ofLimit = byFrame.size() + number - limit;
        long ofMemory = keptBack + number - platform.frames().available();
        return Math.max(ofLimit, ofMemory);
    }

    /** A page of zeroes; the reference is the caller's. */
    Page allocate(Mm owner) {
        return add(platform.frames().allocate(FrameUse.PAGE, owner.id()));
    }

    /** Neighbouring pages of zeroes, aligned as a whole. */
    List<Page> allocateHuge(Mm owner, int number) {
        long frame = platform.frames().allocateContiguous(FrameUse.PAGE, owner.id(), number);
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            pages.add(add(frame + i * PageTables.PAGE));
        }
        return pages;
    }

    private Page add(long frame) {
        Page page = new Page(frame);
        byFrame.put(frame >>> PageTables.PAGE_SHIFT, page);
        oldestFirst.add(page);
        return page;
    }

    /** Gives a reference back; the frame goes with the last one. */
    void put(Page page) {
        if (page.put()) {
            byFrame.remove(page.frame() >>> PageTables.PAGE_SHIFT);
            oldestFirst.remove(page);
            platform.frames().free(page.frame());
        }
    }

    /** All pages, the oldest first. */
    List<Page> oldestFirst() {
        return List.copyOf(oldestFirst);
    }

    /** Bytes of a page. */
    byte[] contents(Page page) {
        byte[] bytes = new byte[PhysicalMemory.FRAME_BYTES];
        platform.memory().read(page.frame(), bytes, 0, bytes.length);
        return bytes;
    }

    void fill(Page page, byte[] bytes) {
        platform.memory().write(page.frame(), bytes, 0, bytes.length);
    }

    void copy(Page from, Page to) {
        fill(to, contents(from));
    }
}
