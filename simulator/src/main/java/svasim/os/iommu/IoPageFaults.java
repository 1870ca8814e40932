package svasim.os.iommu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import svasim.iommu.core.PageResponse;
import svasim.os.defect.Defect;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.task.Platform;
import svasim.trace.Kind;

/**
 * I/O page faults of one IOMMU (iopf): collects requests into groups, has workers resolve them, and
 * sees to it that each group is answered once. Being in the set of pending groups is the right to
 * answer.
 */
public final class IoPageFaults {
    private static final int MOST_EARLY_ANSWERS = 5;

    private final Platform platform;
    private final PageRequestOptions options;

    /** Device that was the first to ask for a page of a PASID. */
    private final Map<Integer, PciDevice> firstUsers = new HashMap<>();

    private int earlyAnswers;
    private final FaultWorkers workers;
    private final int lane;
    private final Histogram service;
    private final Map<PciDevice, DeviceFaults> devices = new HashMap<>();
    private final PartialGroups partials = new PartialGroups();
    private final Set<PageGroup> pending = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param workers of a shared queue: groups that are handled at once
     */
    public IoPageFaults(String iommu, int workers, IommuOptions options, Platform platform) {
        this.platform = platform;
        this.options = options.pageRequests();
        this.lane = platform.trace().lane("iopf_" + iommu);
        this.service =
                platform.statistics()
                        .latency(
                                iommu + ".iopf.service.ps",
                                "page request group: from the driver's queue to its response");
        this.workers =
                new FaultWorkers(
                        "iopf_" + iommu, options.faultQueue(), workers, platform.scheduler());
    }

    /** Lane of the trace. */
    int lane() {
        return lane;
    }

    Platform platform() {
        return platform;
    }

    /**
     * Takes a request from the driver's queue. A group that nobody can resolve is answered at once,
     * by the call that is returned.
     *
     * @return what the reporting thread has to do now
     */
    public Call<?> report(PageRequest request) {
        Node found = of(request.device()).parameter();
        return platform.defects().has(Defect.S53)
                ? UnlockedReport.call(this, request, found)
                : report(request, found);
    }

    /**
     * Reports for a device that was found before; as long as the finder holds a lock that removal
     * takes too, what was found is still there; without, the request is lost with it.
     *
     * @param found what was kept of the device's page faults then, or null
     */
    Call<?> report(PageRequest request, Node found) {
        DeviceFaults device = of(request.device());
        device.getDevice();
        device.use(found);
        boolean there = found == device.parameter();
        Call<?> call = there ? take(request) : Call.nothing();
        boolean leaks = isOfNobody(request) && platform.defects().has(Defect.S52);
        if (!leaks) {
            device.putDevice();
        }
        return call;
    }

    private static boolean isOfNobody(PageRequest request) {
        return request.last()
                && request.device().guestFaults(request.pasid()) == null
                && request.device().process(request.pasid()) == null
                && !request.device().hasPagesOnDemand(request.pasid());
    }

    private Call<?> take(PageRequest request) {
        GuestFaults guest = request.device().guestFaults(request.pasid());
        if (guest != null) {
            guest.take(request);
            return Call.nothing();
        }
        if (!request.last()) {
            partials.keep(request);
            return Call.nothing();
        }
        if (!options.hasRoom(pending.size())) {
            return fail(request);
        }
        PageGroup group = group(partials.complete(request));
        firstUsers.merge(
                request.pasid(),
                request.device(),
                (first, now) -> first.process(request.pasid()) == null ? now : first);
        if (isOfNobody(request)) {
            return request.device().iommu().respond(group, PageResponse.INVALID_REQUEST);
        }
        Mm mm = request.device().process(request.pasid());
        return handOver(
                group,
                mm == null ? DemandFault.call(this, group) : FaultGroup.call(this, group, mm));
    }

    private Call<?> handOver(PageGroup group, Call<?> work) {
        pending.add(group);
        of(group.device()).get();
        tell(Kind.PAGE_GROUP_TAKEN, group);
        workers.add(group.pasid(), work);
        return Call.nothing();
    }

    /**
     * A device says that it asks for no more pages with a PASID. That tells nothing of whose the
     * PASID is by now, so that there is nothing to do.
     *
     * @param device null if nobody knows it
     */
    public Call<?> stopMarker(PciDevice device, int pasid) {
        Mm mm = device == null ? null : device.process(pasid);
        return mm != null && platform.defects().has(Defect.S24)
                ? device.iommu().tearDown(new PasidEntry(device, pasid, mm))
                : Call.nothing();
    }

    /** There is no memory for a group: nothing of it is kept, and the device is told so. */
    private Call<?> fail(PageRequest last) {
        boolean leaks = platform.defects().has(Defect.S55);
        List<PageRequest> requests = leaks ? List.of(last) : partials.complete(last);
        PageResponse response = leaks ? PageResponse.INVALID_REQUEST : PageResponse.FAILURE;
        return last.device().iommu().respond(group(requests), response);
    }

    private PageGroup group(List<PageRequest> requests) {
        return new PageGroup(requests, platform.kernel().nowPs());
    }

    /** A drain looks once more for requests of a device and PASID. */
    public void drainRound(PciDevice device, int pasid) {
        platform.trace().tell(Kind.DRAIN_ROUND, lane, pasid, device.requesterId(), 0);
    }

    /** The group that an answer is for, as the software sees it. */
    PageGroup answered(PageGroup group) {
        if (platform.defects().has(Defect.S58)) {
            return group.mistaken(firstUsers.get(group.pasid()), group.pasid());
        }
        return platform.defects().has(Defect.I_31)
                ? group.mistaken(group.device(), group.pasid() + 1)
                : group;
    }

    /** Whether a worker answers without bringing the page in, as it does a few times. */
    boolean answersTooEarly() {
        return platform.defects().has(Defect.I_04) && earlyAnswers++ < MOST_EARLY_ANSWERS;
    }

    /** A worker begins with a group. */
    void begun(PageGroup group) {
        tell(Kind.PAGE_GROUP_STARTED, group);
    }

    /** A worker hands its answer to the unit. */
    void resolved(PageGroup group) {
        tell(Kind.PAGE_GROUP_RESOLVED, group);
    }

    /** A worker has done with a group, whoever answered it. */
    void done(PageGroup group) {
        service.recordValue(platform.kernel().nowPs() - group.takenPs());
        tell(Kind.PAGE_GROUP_DONE, group);
        of(group.device()).put();
    }

    private void tell(Kind kind, PageGroup group) {
        int requesterId = group.device().requesterId();
        platform.trace().tell(kind, lane, group.pasid(), requesterId, group.index(), group.pages());
    }

    /** Takes the right to answer; false if the group was answered by somebody else. */
    boolean claim(PageGroup group) {
        return pending.remove(group);
    }

    /** Waits until every group that was reported before has been handled. */
    public Call<?> flush() {
        return workers.flushAll();
    }

    /** Waits for the workers that may have a group of the PASID. */
    public Call<?> flush(int pasid) {
        return workers.flush(pasid);
    }

    /** Requests were lost: an incomplete group may never be completed, and none is kept. */
    public void discardPartials() {
        partials.forgetAll();
    }

    /**
     * A driver lets its unit take page requests again after some were lost.
     *
     * @param unread whether there are requests in the queue that the driver has not read
     */
    public void resume(boolean unread) {
        platform.trace().tell(Kind.PAGE_REQUESTS_RESUMED, lane, partials.size(), unread ? 1 : 0, 0);
    }

    private DeviceFaults of(PciDevice device) {
        return devices.computeIfAbsent(device, d -> new DeviceFaults(d, lane, platform));
    }

    /** One user more needs the page faults of a device. */
    public void enable(PciDevice device) {
        of(device).addUser();
    }

    /** Whether somebody needs the page faults of a device. */
    public boolean isEnabled(PciDevice device) {
        return of(device).hasUsers();
    }

    /** One user less; the last one takes the device out of the queue. */
    public Call<?> disable(PciDevice device) {
        return of(device).removeUser() ? removeDevice(device) : Call.nothing();
    }

    /**
     * The device has no user of page faults any more: its incomplete groups are forgotten, and its
     * pending ones answered as invalid.
     */
    public Call<?> removeDevice(PciDevice device) {
        return RemoveDevice.call(this, device);
    }

    /** Forgets incomplete groups of a device; takes the right to answer its pending ones. */
    List<PageGroup> takeAll(PciDevice device) {
        partials.forget(device);
        List<PageGroup> left = new ArrayList<>();
        for (PageGroup group : pending) {
            if (group.device() == device) {
                left.add(group);
            }
        }
        left.sort((a, b) -> Integer.compare(a.index(), b.index()));
        left.forEach(pending::remove);
        of(device).leaveQueue();
        return left;
    }

    /** Groups that wait for their answer. */
    public int pending() {
        return pending.size();
    }
}
