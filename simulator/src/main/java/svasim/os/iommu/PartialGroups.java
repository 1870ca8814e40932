package svasim.os.iommu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Page requests of groups whose last one has not come yet, by device. */
final class PartialGroups {
    private final Map<PciDevice, List<PageRequest>> waiting = new HashMap<>();

    void keep(PageRequest request) {
        waiting.computeIfAbsent(request.device(), d -> new ArrayList<>()).add(request);
    }

    /** The requests of a group that came before its last one, and that one. */
    List<PageRequest> complete(PageRequest last) {
        List<PageRequest> requests = new ArrayList<>();
        Iterator<PageRequest> kept = waiting.getOrDefault(last.device(), List.of()).iterator();
        while (kept.hasNext()) {
            PageRequest request = kept.next();
            if (request.index() == last.index()) {
                requests.add(request);
                kept.remove();
            }
        }
        requests.add(last);
        return requests;
    }

    void forget(PciDevice device) {
        waiting.remove(device);
    }

    void forgetAll() {
        waiting.clear();
    }

    int size() {
        return waiting.values().stream().mapToInt(List::size).sum();
    }
}
