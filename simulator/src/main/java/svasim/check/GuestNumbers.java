package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which PASID of the host belongs to which virtual machine now, and which ones are given up. */
final class GuestNumbers {
    /** Machine, by PASID. */
    private final Map<Long, Long> owners = new HashMap<>();

    private final Set<Long> pending = new HashSet<>();

    void on(Observation seen) {
        switch (seen.kind()) {
            case GUEST_PASID -> owners.put(seen.b(), seen.c());
            case PASID_FREE_PENDING -> pending.add(seen.a());
            case PASID_FREED -> {
                owners.remove(seen.a());
                pending.remove(seen.a());
            }
            default -> {}
        }
    }

    /** What is wrong with a machine's use of a PASID; null if nothing is. */
    String obstacle(long pasid, long machine) {
        Long owner = owners.get(pasid);
        if (owner == null) {
            return "no virtual machine has it";
        }
        return owner == machine ? null : "it belongs to virtual machine " + owner;
    }

    boolean isPending(long pasid) {
        return pending.contains(pasid);
    }
}
