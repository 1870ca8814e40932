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
 * Pages for packets: mapped for each packet, or kept mapped and used again (page pool). Of a page
 * that was unmapped the card has no address any more, and its memory goes back.
 */
final class PacketPages {
    /** Frames that are left to others. */
    private static final int KEPT_BACK = 64;

    private final DriverHost host;
    private final boolean keepsMapped;
    private final Deque<PacketPage> pool = new ArrayDeque<>();

    PacketPages(DriverHost host, boolean keepsMapped) {
        this.host = host;
        this.keepsMapped = keepsMapped;
    }

    /** A page, mapped or not; null if there is no memory. */
    PacketPage take() {
        if (!pool.isEmpty()) {
            return pool.pop();
        }
        Frames frames = host.platform().frames();
        return frames.available() < KEPT_BACK
                ? null
                : new PacketPage(
                        host.device(),
                        frames.allocate(FrameUse.DRIVER, host.device().requesterId()));
    }

    /** Makes the page reachable for the card. */
    Call<?> map(PacketPage page) {
        return page.mapping().isMapped() ? Call.nothing() : host.dma().map(page.mapping());
    }

    /** The card has no need of the page; what it holds is for the kernel now. */
    Call<?> unmap(PacketPage page) {
        return keepsMapped ? Call.nothing() : host.dma().unmap(page.mapping());
    }

    /** The kernel has no need of the page either. */
    void give(PacketPage page) {
        if (page.mapping().isMapped()) {
            pool.push(page);
        } else {
            host.platform().frames().free(page.frame());
        }
    }

    /** Unmaps a page whatever the policy is, before it is {@link #give given} back. */
    Call<?> revoke(PacketPage page) {
        return page.mapping().isMapped() ? host.dma().unmap(page.mapping()) : Call.nothing();
    }

    /** Pages of the pool, which are no longer in it. */
    List<PacketPage> drain() {
        List<PacketPage> all = new ArrayList<>(pool);
        pool.clear();
        return all;
    }
}
