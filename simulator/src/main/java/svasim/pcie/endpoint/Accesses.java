package svasim.pcie.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All accesses of a function: those in progress, those that wait to begin, and spare objects. */
final class Accesses {
    private final int limit;
    private final List<Access> all = new ArrayList<>();
    private final ArrayDeque<Access> spare = new ArrayDeque<>();
    private final ArrayDeque<Access> entrance = new ArrayDeque<>();
    private final List<Access> active = new ArrayList<>();

    /**
     * @param limit accesses in progress at once
     */
    Accesses(int limit) {
        this.limit = limit;
    }

    /** Takes an access in; it waits at the entrance. */
    void add(DmaRequest request, boolean write, DmaClient client, long token, long nowPs) {
        if (spare.isEmpty()) {
            spare.add(new Access(all.size()));
            all.add(spare.peek());
        }
        Access access = spare.remove();
        access.begin(request, write, nowPs);
        access.reportTo(client, token);
        access.data = write ? copy(request) : null;
        entrance.add(access);
    }

    /** The next access that may begin, which is in progress from now on, or null. */
    Access admitted() {
        if (entrance.isEmpty() || active.size() == limit) {
            return null;
        }
        active.add(entrance.peek());
        return entrance.remove();
    }

    /** The access has ended and its object may be used again. */
    void end(Access access) {
        active.remove(access);
        access.request = null;
        access.data = null;
        spare.add(access);
    }

    Access get(long index) {
        return all.get((int) index);
    }

    /** Accesses in progress, in the order in which they began; not to be changed. */
    List<Access> active() {
        return active;
    }

    /** Takes everything away from the entrance that is of the PASID. */
    List<Access> turnedAway(int pasid) {
        List<Access> away = new ArrayList<>();
        entrance.removeIf(access -> access.pasid() == pasid && away.add(access));
        return away;
    }

    /** Takes everything away from the entrance. */
    List<Access> turnedAway() {
        List<Access> away = new ArrayList<>(entrance);
        entrance.clear();
        return away;
    }

    /** Accesses of the PASID that have not ended. */
    int outstanding(int pasid) {
        int count = 0;
        for (int i = 0; i < active.size(); i++) {
            count += active.get(i).pasid() == pasid ? 1 : 0;
        }
        for (Access access : entrance) {
            count += access.pasid() == pasid ? 1 : 0;
        }
        return count;
    }

    boolean isEmpty() {
        return active.isEmpty() && entrance.isEmpty();
    }

    private static byte[] copy(DmaRequest request) {
        int from = request.offset();
        return Arrays.copyOfRange(request.buffer(), from, from + request.bytes());
    }
}
