package svasim.iommu.core;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * Sends Invalidate Requests to devices and takes their completions; no more at once for a group of
 * functions with one queue than software allows.
 */
public final class DeviceInvalidations implements InvalidationTags.Listener {
    /** Stands for no limit but the number of tags. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** The request cannot be sent now. */
    public static final int NOT_SENT = InvalidationTags.NONE_FREE;

    private final DownstreamPort port;
    private final Surroundings around;
    private final InvalidationTags tags;
    private final Listener listener;

    /** Requests under way by group, and the group of each. */
    private final Map<Integer, Integer> pendingOf = new HashMap<>();

    private final Map<Integer, Integer> groupOf = new HashMap<>();

    /** The queue of commands, as far as devices concern it. */
    public interface Listener {
        /** A device has completed a request: what waits may go on. */
        void completed(int requesterId, int itag);

        /** A device has not answered in time. */
        void timedOut(int requesterId, int itag);
    }

    /** What is to be invalidated, as on the wire. */
    public record Range(long address, boolean sized, boolean global) {}

    /**
     * @param timeoutPs after which a request that is sent now is given up; 0 for never
     */
    public DeviceInvalidations(
            DownstreamPort port, LongSupplier timeoutPs, Surroundings around, Listener listener) {
        this.port = port;
        this.around = around;
        this.listener = listener;
        this.tags = new InvalidationTags(around.kernel(), timeoutPs, this);
    }

    /**
     * Sends a request.
     *
     * @param group functions that share a limit
     * @param maxPending the limit
     * @param pasid null for translations without PASID
     * @return its tag, or {@link #NOT_SENT} if too many are under way; the caller tries again when
     *     one is completed
     */
    public int send(int requesterId, int group, int maxPending, Range range, PasidPrefix pasid) {
        if (pendingOf.getOrDefault(group, 0) >= maxPending) {
            return NOT_SENT;
        }
        int itag = tags.take(requesterId);
        if (itag == InvalidationTags.NONE_FREE) {
            return NOT_SENT;
        }
        pendingOf.merge(group, 1, Integer::sum);
        groupOf.put(key(requesterId, itag), group);
        Tlp.InvalidateRequest request =
                new Tlp.InvalidateRequest(
                        port.agentId(),
                        requesterId,
                        itag,
                        range.address(),
                        range.sized(),
                        range.global(),
                        pasid);
        around.trace()
                .tell(
                        Kind.INVALIDATION_SENT,
                        around.lane(),
                        PasidPrefix.number(pasid),
                        range.address(),
                        itag,
                        request);
        port.send(request);
        return itag;
    }

    /**
     * Takes a completion.
     *
     * @return false if nobody waits for it
     */
    public boolean complete(Tlp.InvalidateCompletion completion) {
        return tags.complete(
                completion.requesterId(), completion.itags(), completion.completionCount());
    }

    /** Number of the request that was sent last, for {@link #answered}. */
    public long lastSent() {
        return tags.lastTaken();
    }

    /** Whether no request up to this number is under way any more. */
    public boolean answered(long number) {
        return tags.oldest() > number;
    }

    /** Requests that have not been completed. */
    public int outstanding() {
        return tags.outstanding();
    }

    /** Says of requests that have not been completed whose they are, for reports of hangs. */
    public String owed(String what) {
        String devices =
                groupOf.keySet().stream()
                        .map(key -> key / InvalidationTags.TAGS)
                        .distinct()
                        .sorted()
                        .map(DeviceInvalidations::name)
                        .collect(Collectors.joining(", "));
        return what + " by " + devices;
    }

    private static String name(int requesterId) {
        return String.format(
                "%02x:%02x.%x", requesterId >> 8, requesterId >> 3 & 0x1F, requesterId & 7);
    }

    @Override
    public void completed(int requesterId, int itag) {
        release(requesterId, itag);
        around.trace().tell(Kind.INVALIDATION_COMPLETED, around.lane(), requesterId, 1L << itag, 0);
        listener.completed(requesterId, itag);
    }

    @Override
    public void timedOut(int requesterId, int itag) {
        release(requesterId, itag);
        around.trace().tell(Kind.INVALIDATION_GIVEN_UP, around.lane(), requesterId, 1L << itag, 0);
        listener.timedOut(requesterId, itag);
    }

    private void release(int requesterId, int itag) {
        pendingOf.merge(groupOf.remove(key(requesterId, itag)), -1, Integer::sum);
    }

    private static int key(int requesterId, int itag) {
        return requesterId * InvalidationTags.TAGS + itag;
    }
}
