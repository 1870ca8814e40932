package svasim.check;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Things that were begun and have to end in time, in the order of their beginning.
 *
 * @param <K> what is waited for
 */
final class Waits<K> {
    private final Map<K, Long> sincePs = new LinkedHashMap<>();
    private final long boundPs;

    /**
     * @param boundPs longest wait that is in time, in picoseconds
     */
    Waits(long boundPs) {
        this.boundPs = boundPs;
    }

    /** The wait begins, or begins anew. */
    void begin(K what, long nowPs) {
        sincePs.remove(what);
        sincePs.put(what, nowPs);
    }

    /** As {@link #begin}, unless the wait has begun before. */
    void beginOnce(K what, long nowPs) {
        sincePs.putIfAbsent(what, nowPs);
    }

    /** The wait is over, in time or not, or nothing is waited for any more. */
    void end(K what) {
        sincePs.remove(what);
    }

    /** Shows what has waited too long, and forgets it; call before what happens now ends a wait. */
    void overdue(long nowPs, Consumer<K> late) {
        Iterator<Map.Entry<K, Long>> oldest = sincePs.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<K, Long> wait = oldest.next();
            if (nowPs - wait.getValue() <= boundPs) {
                return;
            }
            oldest.remove();
            late.accept(wait.getKey());
        }
    }

    /** What still waits, oldest first. */
    Iterable<K> open() {
        return sincePs.keySet();
    }
}
