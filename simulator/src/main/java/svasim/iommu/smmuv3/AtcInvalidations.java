package svasim.iommu.smmuv3;

import svasim.iommu.core.DownstreamPort;
import svasim.iommu.core.InvalidationTags;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;
import svasim.trace.Kind;

/** Invalidate Requests to devices and their completions (3.9.1.6, 4.5.1). */
final class AtcInvalidations implements InvalidationTags.Listener {
    private static final int PAGE_SHIFT = 12;

    private final DownstreamPort port;
    private final Surroundings around;
    private final InvalidationTags tags;
    private final Runnable progress;
    private boolean timedOut;

    /**
     * @param timeoutPs after which a request is given up
     * @param progress called when a command that waits for a tag or a completion may go on
     */
    AtcInvalidations(DownstreamPort port, Surroundings around, long timeoutPs, Runnable progress) {
        this.port = port;
        this.around = around;
        this.tags = new InvalidationTags(around.kernel(), timeoutPs, this);
        this.progress = progress;
    }

    /**
     * Sends the request of an ATC invalidation.
     *
     * @return false if every tag of the function is in use
     */
    boolean send(Command command) {
        int itag = tags.take(command.streamId());
        if (itag == InvalidationTags.NONE_FREE) {
            return false;
        }
        Tlp.InvalidateRequest request = request(command, itag);
        around.trace()
                .tell(
                        Kind.INVALIDATION_SENT,
                        around.lane(),
                        command.pasid(),
                        request.address(),
                        itag,
                        request);
        port.send(request);
        return true;
    }

    private Tlp.InvalidateRequest request(Command command, int itag) {
        int shift = Math.min(PAGE_SHIFT + command.atcSize(), TranslationEntry.EVERYTHING);
        long range = TranslationEntry.range(command.address(), shift);
        PasidPrefix prefix =
                command.substreamValid() ? new PasidPrefix(command.substreamId()) : null;
        return new Tlp.InvalidateRequest(
                port.agentId(),
                command.streamId(),
                itag,
                Bits.inPlace(range, 63, PAGE_SHIFT),
                (range & TranslationEntry.SIZE) != 0,
                command.global() && prefix != null,
                prefix);
    }

    /** A completion arrives; one that nobody waits for is ignored. */
    void complete(Tlp.InvalidateCompletion completion) {
        tags.complete(completion.requesterId(), completion.itags(), completion.completionCount());
    }

    /** Whether a request waits for its completion. */
    boolean outstanding() {
        return tags.outstanding() > 0;
    }

    /** Whether a request has timed out since this was asked last. */
    boolean takeTimeout() {
        boolean found = timedOut;
        timedOut = false;
        return found;
    }

    @Override
    public void completed(int requesterId, int itag) {
        around.trace().tell(Kind.INVALIDATION_COMPLETED, around.lane(), requesterId, 1L << itag, 0);
        progress.run();
    }

    @Override
    public void timedOut(int requesterId, int itag) {
        timedOut = true;
        progress.run();
    }
}
