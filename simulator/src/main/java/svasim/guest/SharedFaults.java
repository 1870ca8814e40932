package svasim.guest;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.os.iommu.GuestFaults;
import svasim.os.iommu.PageRequest;

/** Page requests of a device that works for several guests: each gets those with its numbers. */
public final class SharedFaults implements GuestFaults {
    private final Map<GuestNumbers, GuestFaults> takers = new LinkedHashMap<>();

    void add(GuestNumbers numbers, GuestFaults taker) {
        takers.put(numbers, taker);
    }

    /** An entry shows a guest's address space only as long as the guest has the number. */
    @Override
    public void take(PageRequest request) {
        for (Map.Entry<GuestNumbers, GuestFaults> taker : takers.entrySet()) {
            if (taker.getKey().set().findHost(request.pasid()) != null) {
                taker.getValue().take(request);
                return;
            }
        }
        throw new IllegalStateException("PASID " + request.pasid() + " is no guest's");
    }
}
