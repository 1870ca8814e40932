package svasim.guest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import svasim.iommu.core.PageResponse;
import svasim.os.iommu.PageGroup;
import svasim.os.iommu.PageRequest;
import svasim.os.procedure.Call;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Brings page requests of devices to their guest, and the guest's answers back. */
final class PageRequestRelay {
    private final Guest guest;
    private final VirtualUnit virtual;
    private final Histogram time;

    /** Groups that the guest has to answer, in the order of their coming. */
    private final Map<Key, Waiting> waiting = new LinkedHashMap<>();

    /**
     * @param pasid {@code PasidPrefix.NONE} without
     */
    private record Key(GuestFunction function, int pasid, int index) {}

    /** Requests of groups whose last one has not come. */
    private final Map<Key, List<PageRequest>> partial = new LinkedHashMap<>();

    /**
     * @param group all of its requests, the last one behind the others
     */
    private record Waiting(List<PageRequest> group, long sincePs) {
        PageRequest last() {
            return group.get(group.size() - 1);
        }
    }

    PageRequestRelay(Guest guest, VirtualUnit virtual) {
        this.guest = guest;
        this.virtual = virtual;
        time =
                guest.statistics()
                        .latency(
                                "viommu.pageRequest.ps",
                                "from a page request in the host's queue to the guest's answer");
    }

    private long nowPs() {
        return guest.os().platform().kernel().nowPs();
    }

    /** A request has come to the host's driver; its thread hands it on. */
    void take(GuestFunction function, PageRequest request) {
        Key key = new Key(function, ofGuest(request.pasid()), request.index());
        partial.computeIfAbsent(key, k -> new ArrayList<>()).add(request);
        if (request.last()) {
            waiting.put(key, new Waiting(partial.remove(key), nowPs()));
        }
        virtual.forward(Call::nothing, () -> virtual.inject(translated(function, request)));
    }

    private int ofGuest(int pasid) {
        return guest.numbers() == null ? pasid : guest.numbers().guest(pasid);
    }

    private Tlp.PageRequest translated(GuestFunction function, PageRequest request) {
        boolean without = request.pasid() == PasidPrefix.NONE;
        return new Tlp.PageRequest(
                function.requesterId(),
                request.address(),
                request.index(),
                request.last(),
                (request.access() & Access.WRITE) != 0,
                (request.access() & Access.READ) != 0,
                without ? null : new PasidPrefix(ofGuest(request.pasid())));
    }

    /** The guest answers; what nobody has asked for is its own mistake, and goes nowhere. */
    void answer(GuestFunction function, Tlp.PageGroupResponse response) {
        Waiting group = find(function, response);
        if (group != null) {
            time.recordValue(nowPs() - group.sincePs());
            PageResponse code = code(response.code());
            virtual.forward(
                    () ->
                            Call.sequence(
                                    List.of(
                                            virtual.resolved(function, group.group()),
                                            respond(group.last(), code))),
                    () -> {});
        }
    }

    /** A response may come without the PASID that its requests had. */
    private Waiting find(GuestFunction function, Tlp.PageGroupResponse response) {
        int pasid = PasidPrefix.number(response.pasid());
        Waiting exact = waiting.remove(new Key(function, pasid, response.prgIndex()));
        if (exact != null) {
            return exact;
        }
        for (Key key : waiting.keySet()) {
            if (key.function() == function && key.index() == response.prgIndex()) {
                return waiting.remove(key);
            }
        }
        return null;
    }

    private static PageResponse code(int code) {
        for (PageResponse response : PageResponse.values()) {
            if (response.code() == code) {
                return response;
            }
        }
        return PageResponse.FAILURE;
    }

    private static Call<?> respond(PageRequest last, PageResponse code) {
        return last.device().iommu().respond(PageGroup.answering(last), code);
    }

    /** The guest answers no more: what waits is answered as invalid. */
    Call<?> abandon(GuestFunction function) {
        partial.keySet().removeIf(key -> key.function() == function);
        List<Call<?>> calls = new ArrayList<>();
        for (Map.Entry<Key, Waiting> group : List.copyOf(waiting.entrySet())) {
            if (group.getKey().function() == function) {
                waiting.remove(group.getKey());
                calls.add(respond(group.getValue().last(), PageResponse.INVALID_REQUEST));
            }
        }
        return Call.sequence(calls);
    }
}
