package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** PASIDs whose page faults are being handled, or whose ranges are being invalidated. */
final class BusyPasids {
    /** Groups that workers handle now, by PASID; never 0. */
    private final Map<Long, Integer> groups = new HashMap<>();

    private final Set<Long> ranges = new HashSet<>();

    void handles(long pasid) {
        groups.merge(pasid, 1, Integer::sum);
    }

    void hasHandled(long pasid) {
        groups.computeIfPresent(pasid, (number, count) -> count == 1 ? null : count - 1);
    }

    /**
     * @param pasid null if the address space has none
     */
    void invalidates(Long pasid) {
        if (pasid != null) {
            ranges.add(pasid);
        }
    }

    void hasInvalidated(Long pasid) {
        ranges.remove(pasid);
    }

    boolean isIdle() {
        return groups.isEmpty() && ranges.isEmpty();
    }

    boolean withOthersThan(long pasid) {
        return other(groups.keySet(), pasid) || other(ranges, pasid);
    }

    private static boolean other(Set<Long> busy, long pasid) {
        return busy.size() > (busy.contains(pasid) ? 1 : 0);
    }
}
