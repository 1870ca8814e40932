package svasim.guest;

import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Iommu;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ResetDevice;
import svasim.os.procedure.Call;
import svasim.os.task.WorkQueue;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/**
 * What stands behind the IOMMU that a guest sees: a thread of the host that has the machine's IOMMU
 * do what the guest's driver has told its own one, in the same order. The guest's waits end when it
 * is done. Translations of the device never come here.
 */
public final class VirtualUnit implements Forwarding, TlpSink {
    /** Requester ID that the emulated unit sends with. */
    private static final int AGENT = 0;

    private static final int SIZED = 1 << 11;

    private final Guest guest;
    private final WorkQueue thread;
    private final Counter entries;
    private final Counter invalidations;
    private final Counter deviceInvalidations;
    private final Counter groups;
    private final Histogram time;
    private Iommu unit;
    private GuestEntries bound;
    private PageRequestRelay requests;
    private Runnable goOn = () -> {};
    private int pending;
    private boolean closed;

    VirtualUnit(Guest guest) {
        this.guest = guest;
        this.thread =
                new WorkQueue(
                        "viommu-" + guest.name(), 1, guest.host().os().platform().scheduler());
        Statistics statistics = guest.statistics();
        entries = statistics.counter("viommu.entries", "changes of the guest's tables of devices");
        invalidations =
                statistics.counter("viommu.invalidations", "invalidations of the guest forwarded");
        deviceInvalidations =
                statistics.counter(
                        "viommu.deviceInvalidations",
                        "invalidations of caches of devices forwarded");
        groups =
                statistics.counter(
                        "viommu.pageRequests", "page requests given to the guest to answer");
        time =
                statistics.latency(
                        "viommu.forward.ps",
                        "from an invalidation in the guest to its end in the machine's IOMMU");
    }

    /** Once: the unit that the guest's driver sees. */
    void emulate(Iommu emulated, GuestEntries tables) {
        unit = emulated;
        bound = tables;
        requests = new PageRequestRelay(guest, this);
        emulated.connect(this, AGENT);
    }

    /** The unit as the guest's driver has set it up. */
    Iommu unit() {
        return unit;
    }

    /** Has the thread do something for the guest, behind what it was told before. */
    void forward(Supplier<Call<?>> what, Runnable then) {
        if (closed) {
            return;
        }
        pending++;
        long sincePs = nowPs();
        thread.add(
                ForwardedWork.call(
                        what,
                        () -> {
                            time.recordValue(nowPs() - sincePs);
                            then.run();
                            done();
                        }));
    }

    private long nowPs() {
        return guest.os().platform().kernel().nowPs();
    }

    private void done() {
        pending--;
        if (pending == 0) {
            goOn.run();
        }
    }

    @Override
    public void entries(int requesterId, int pasid) {
        for (GuestFunction function : guest.functions()) {
            if (requesterId == ALL || requesterId == function.requesterId()) {
                entries.increment();
                forward(() -> bound.changed(function, pasid), () -> {});
            }
        }
    }

    @Override
    public void translations(Scope scope) {
        for (GuestFunction function : guest.functions()) {
            invalidations.increment();
            forward(() -> bound.invalidate(function, scope), () -> {});
        }
    }

    @Override
    public boolean idle() {
        return pending == 0;
    }

    @Override
    public void whenIdle(Runnable wanted) {
        goOn = wanted;
    }

    /** The emulated unit sends something to a device. */
    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.InvalidateRequest request) {
            GuestFunction function = function(request.destinationId());
            if (function != null) {
                deviceInvalidations.increment();
                forward(() -> ofDevice(function, request), () -> completed(request));
            }
        } else if (tlp instanceof Tlp.PageGroupResponse response) {
            GuestFunction function = function(response.destinationId());
            if (function != null) {
                requests.answer(function, response);
            }
        }
        return true;
    }

    /** Nothing for a number that the guest does not have: no device knows it. */
    private Call<?> ofDevice(GuestFunction function, Tlp.InvalidateRequest request) {
        PciDevice device = function.physical();
        int pasid = PasidPrefix.number(request.pasid());
        GuestNumbers numbers = guest.numbers();
        if (numbers != null) {
            pasid = numbers.host(pasid);
            if (pasid == PasidPrefix.NONE) {
                return Call.nothing();
            }
        }
        long range = request.address() | (request.sized() ? SIZED : 0);
        int shift = TranslationEntry.shift(range);
        boolean all = shift >= TranslationEntry.EVERYTHING;
        return device.iommu()
                .invalidateDeviceTlb(
                        device, pasid, TranslationEntry.base(range), all ? ALL : 1L << shift);
    }

    private void completed(Tlp.InvalidateRequest request) {
        unit.receive(
                new Tlp.InvalidateCompletion(
                        request.destinationId(), AGENT, 1, 1 << request.itag(), Attributes.DEFAULT),
                nowPs());
    }

    /** A page request of the guest's device appears in the guest's queue. */
    void inject(Tlp.PageRequest request) {
        groups.increment();
        unit.receive(request, nowPs());
    }

    private GuestFunction function(int requesterId) {
        return guest.functions().stream()
                .filter(function -> function.requesterId() == requesterId)
                .findFirst()
                .orElse(null);
    }

    /** Takes the page requests that a device makes for the guest. */
    void serve(GuestFunction function) {
        function.physical().guestFaults(request -> requests.take(function, request));
    }

    /** The same of a device that works for others too. */
    void serve(GuestFunction function, SharedFaults faults) {
        faults.add(guest.numbers(), request -> requests.take(function, request));
        function.physical().guestFaults(faults);
    }

    /** The guest resets a function of its own, behind what it has said of its entries. */
    void reset(PciDevice device) {
        forward(() -> ResetDevice.call(device, guest.host().os().platform()), () -> {});
    }

    /** The guest has resolved page requests. */
    Call<?> resolved(GuestFunction function, List<PageRequest> group) {
        return bound.resolved(function, group);
    }

    /** The guest has ended: nothing more is forwarded, and what is under way comes to its end. */
    Call<?> close() {
        closed = true;
        return thread.flush();
    }

    /** Answers what the guest has not answered, and takes away what it has bound. */
    Call<?> detach(GuestFunction function) {
        return Call.sequence(List.of(requests.abandon(function), bound.detach(function)));
    }
}
