package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.iommu.core.DeviceInvalidations;
import svasim.iommu.core.DownstreamPort;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** Invalidate Requests to devices and their completions (3.9.1.6, 4.5.1). */
final class AtcInvalidations implements DeviceInvalidations.Listener {
    private static final int PAGE_SHIFT = 12;

    private final DeviceInvalidations devices;
    private final Runnable progress;
    private boolean timedOut;

    /**
     * @param timeoutPs after which a request is given up
     * @param progress called when a command that waits for a tag or a completion may go on
     */
    AtcInvalidations(DownstreamPort port, Surroundings around, long timeoutPs, Runnable progress) {
        this.devices = new DeviceInvalidations(port, () -> timeoutPs, around, this);
        this.progress = progress;
    }

    /**
     * Sends the request of an ATC invalidation.
     *
     * @return false if every tag of the function is in use
     */
    boolean send(Command command) {
        int stream = command.streamId();
        PasidPrefix prefix =
                command.substreamValid() ? new PasidPrefix(command.substreamId()) : null;
        int itag =
                devices.send(stream, stream, DeviceInvalidations.UNLIMITED, range(command), prefix);
        return itag != DeviceInvalidations.NOT_SENT;
    }

    private static DeviceInvalidations.Range range(Command command) {
        int shift = Math.min(PAGE_SHIFT + command.atcSize(), TranslationEntry.EVERYTHING);
        long range = TranslationEntry.range(command.address(), shift);
        return new DeviceInvalidations.Range(
                Bits.inPlace(range, 63, PAGE_SHIFT),
                (range & TranslationEntry.SIZE) != 0,
                command.global() && command.substreamValid());
    }

    /** A completion arrives; one that nobody waits for is ignored. */
    void complete(Tlp.InvalidateCompletion completion) {
        devices.complete(completion);
    }

    /** Whose the requests are that have not been completed. */
    String owed(String what) {
        return devices.owed(what);
    }

    /** Whether a request waits for its completion. */
    boolean outstanding() {
        return devices.outstanding() > 0;
    }

    /** Whether a request has timed out since this was asked last. */
    boolean takeTimeout() {
        boolean found = timedOut;
        timedOut = false;
        return found;
    }

    @Override
    public void completed(int requesterId, int itag) {
        progress.run();
    }

    @Override
    public void timedOut(int requesterId, int itag) {
        timedOut = true;
        progress.run();
    }
}
