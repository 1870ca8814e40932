package svasim.models.gpu.device;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.units.Picoseconds;

/**
 * What software was told of lately and need not be told again: 256 things, as amdgpu's filter of
 * retry faults remembers.
 */
final class RecentlyTold<T> {
    private static final int REMEMBERED = 256;

    /** Assumed. */
    private static final long FORGET_AFTER_PS = 50 * Picoseconds.PER_MICROSECOND;

    private final Map<T, Long> toldAtPs = new LinkedHashMap<>();

    boolean has(T thing, long nowPs) {
        Long lastPs = toldAtPs.get(thing);
        return lastPs != null && nowPs - lastPs < FORGET_AFTER_PS;
    }

    void add(T thing, long nowPs) {
        toldAtPs.remove(thing);
        toldAtPs.put(thing, nowPs);
        if (toldAtPs.size() > REMEMBERED) {
            toldAtPs.remove(toldAtPs.keySet().iterator().next());
        }
    }

    void clear() {
        toldAtPs.clear();
    }
}
