package svasim.iommu.vtd;

import java.util.HashMap;
import java.util.Map;
import svasim.iommu.core.DownstreamPort;
import svasim.iommu.core.InvalidationTags;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * Sends Invalidate Requests to devices and takes their completions; no more at once for a physical
 * function than the descriptor's MIP allows.
 */
final class DeviceTlbInvalidator {
    private final DownstreamPort port;
    private final Surroundings around;
    private final InvalidationTags tags;
    private final Listener listener;

    /** Requests under way by physical function, and the function of each. */
    private final Map<Integer, Integer> pendingOf = new HashMap<>();

    private final Map<Integer, Integer> functionOf = new HashMap<>();

    /** The queue, as far as devices concern it. */
    interface Listener {
        /** A device has answered: something may go on. */
        void answered();

        /** A device has not answered in time. */
        void timedOut(int requesterId);
    }

    DeviceTlbInvalidator(
            DownstreamPort port, long timeoutPs, Surroundings around, Listener listener) {
        this.port = port;
        this.around = around;
        this.listener = listener;
        this.tags =
                new InvalidationTags(
                        around.kernel(),
                        timeoutPs,
                        new InvalidationTags.Listener() {
                            @Override
                            public void completed(int requesterId, int itag) {
                                release(requesterId, itag);
                                listener.answered();
                            }

                            @Override
                            public void timedOut(int requesterId, int itag) {
                                release(requesterId, itag);
                                listener.timedOut(requesterId);
                            }
                        });
    }

    /**
     * Sends a request.
     *
     * @param physicalFunction that MIP counts for
     * @param pasid null for translations without PASID
     * @return false if too many are under way; the caller tries again when one is answered
     */
    boolean send(
            int requesterId, int physicalFunction, int maxPending, Range range, PasidPrefix pasid) {
        if (pendingOf.getOrDefault(physicalFunction, 0) >= maxPending) {
            return false;
        }
        int itag = tags.take(requesterId);
        if (itag == InvalidationTags.NONE_FREE) {
            return false;
        }
        pendingOf.merge(physicalFunction, 1, Integer::sum);
        functionOf.put(key(requesterId, itag), physicalFunction);
        around.trace()
                .tell(
                        Kind.INVALIDATION_SENT,
                        around.lane(),
                        PasidPrefix.number(pasid),
                        range.address(),
                        itag);
        port.send(
                new Tlp.InvalidateRequest(
                        port.agentId(),
                        requesterId,
                        itag,
                        range.address(),
                        range.sized(),
                        range.global(),
                        pasid));
        return true;
    }

    /** What is to be invalidated, as on the wire. */
    record Range(long address, boolean sized, boolean global) {}

    /**
     * Takes a completion.
     *
     * @return false if nobody waits for it
     */
    boolean complete(Tlp.InvalidateCompletion completion) {
        boolean expected =
                tags.complete(
                        completion.requesterId(), completion.itags(), completion.completionCount());
        if (expected) {
            around.trace()
                    .tell(
                            Kind.INVALIDATION_COMPLETED,
                            around.lane(),
                            completion.requesterId(),
                            completion.itags(),
                            0);
        }
        return expected;
    }

    /** Requests that have not been answered. */
    int outstanding() {
        return tags.outstanding();
    }

    private void release(int requesterId, int itag) {
        int physicalFunction = functionOf.remove(key(requesterId, itag));
        pendingOf.merge(physicalFunction, -1, Integer::sum);
    }

    private static int key(int requesterId, int itag) {
        return requesterId * InvalidationTags.TAGS + itag;
    }
}
