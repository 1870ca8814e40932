package svasim.iommu.amdvi;

import java.util.HashMap;
import java.util.Map;
import svasim.iommu.core.DeviceInvalidations;
import svasim.iommu.core.DownstreamPort;
import svasim.iommu.core.InvalidationTags;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.Tlp;

/**
 * INVALIDATE_IOTLB_PAGES (5): Invalidate Requests to devices. One that is not completed within
 * InvTimeOut is given up with an event that names its command; nothing else stops.
 */
final class IotlbInvalidations implements DeviceInvalidations.Listener {
    private final DeviceInvalidations devices;
    private final Events events;
    private final Runnable progress;

    /** Addresses of the commands whose requests are under way. */
    private final Map<Integer, Long> commands = new HashMap<>();

    /**
     * @param progress called when a command that waits for a device may go on
     */
    IotlbInvalidations(
            DownstreamPort port,
            Control control,
            Events events,
            Surroundings around,
            Runnable progress) {
        this.devices = new DeviceInvalidations(port, control::invalidationTimeoutPs, around, this);
        this.events = events;
        this.progress = progress;
    }

    /**
     * Sends the request of a command.
     *
     * @param address of the command
     * @return false if as many as MaxPend are under way for the queue
     */
    boolean send(Command command, long address) {
        int most = command.maxPending() == 0 ? InvalidationTags.TAGS : command.maxPending();
        var range = new DeviceInvalidations.Range(command.address(), command.sized(), false);
        int itag =
                devices.send(
                        command.deviceId(), command.queueId(), most, range, command.iotlbPasid());
        if (itag == DeviceInvalidations.NOT_SENT) {
            return false;
        }
        commands.put(key(command.deviceId(), itag), address);
        return true;
    }

    /** A completion arrives; one that nobody waits for is ignored. */
    void complete(Tlp.InvalidateCompletion completion) {
        devices.complete(completion);
    }

    /** Whose the requests are that have not been completed. */
    String owed(String what) {
        return devices.owed(what);
    }

    /** Requests that have not been completed. */
    int outstanding() {
        return devices.outstanding();
    }

    @Override
    public void completed(int requesterId, int itag) {
        commands.remove(key(requesterId, itag));
        progress.run();
    }

    @Override
    public void timedOut(int requesterId, int itag) {
        long address = commands.remove(key(requesterId, itag));
        events.record(EventRecord.ofTimeout(requesterId, address));
        progress.run();
    }

    private static int key(int requesterId, int itag) {
        return requesterId * InvalidationTags.TAGS + itag;
    }
}
