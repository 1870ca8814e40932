package svasim.models.nic.driver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import svasim.device.DriverHost;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.os.procedure.Call;

/**
 * Pages for packets: mapped for one packet each, alone or several together, or kept mapped and used
 * again (page pool). Of a page that was unmapped the card has no address any more, and its memory
 * goes back.
 */
final class PacketPages {
    /** Frames that are left to others. */
    private static final int KEPT_BACK = 64;

    private final DriverHost host;
    private final boolean keepsMapped;
    private final int together;
    private final Deque<PacketPage> pool = new ArrayDeque<>();

    /** Has pages that nobody has had. */
    private PageBatch batch;

    /**
     * @param together pages of a batch
     */
    PacketPages(DriverHost host, boolean keepsMapped, int together) {
        this.host = host;
        this.keepsMapped = keepsMapped;
        this.together = together;
    }

    /** A page, mapped or not; null if there is no memory. */
    PacketPage take() {
        if (!pool.isEmpty()) {
            return pool.pop();
        }
        PacketPage page = batch == null ? null : batch.take();
        if (page != null) {
            return page;
        }
        Frames frames = host.platform().frames();
        if (frames.available() < KEPT_BACK + together - 1) {
            return null;
        }
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < together; i++) {
            all.add(frames.allocate(FrameUse.DRIVER, host.device().requesterId()));
        }
        batch = new PageBatch(host.device(), all);
        return batch.take();
    }

    /** Makes the page reachable for the card. */
    Call<?> map(PacketPage page) {
        return page.isMapped() ? Call.nothing() : host.dma().map(page.batch().mapping());
    }

    /** The card has no need of the page; what it holds is for the kernel now. */
    Call<?> unmap(PacketPage page) {
        boolean last = !keepsMapped && page.batch().end();
        return last ? host.dma().unmap(page.batch().mapping()) : Call.nothing();
    }

    /**
     * The kernel has no need of the page either. If the pages of its batch could not be mapped,
     * they go back, too.
     */
    void give(PacketPage page) {
        if (!page.isMapped()) {
            page.batch().takeReturned().forEach(this::free);
            free(page);
            page.batch().takeRest().forEach(this::free);
        } else if (keepsMapped) {
            pool.push(page);
        } else {
            page.batch().giveMapped(page);
        }
    }

    private void free(PacketPage page) {
        host.platform().frames().free(page.frame());
    }

    /** Unmaps a page whatever the policy is, before it is {@link #give given} back. */
    Call<?> revoke(PacketPage page) {
        return page.isMapped() ? host.dma().unmap(page.batch().mapping()) : Call.nothing();
    }

    /** Pages of the pool, and those that nobody has had: they are no longer here. */
    List<PacketPage> drain() {
        List<PacketPage> all = new ArrayList<>(pool);
        pool.clear();
        if (batch != null) {
            all.addAll(batch.takeRest());
        }
        batch = null;
        return all;
    }
}
