package svasim.os.reference;

import java.util.Map;
import java.util.TreeMap;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * A reference count that knows who holds it. Each change is told to the trace with the counter's
 * name and the holder, so that gets and puts can be matched.
 */
public final class Counter {
    private final Trace trace;
    private final Kind kind;
    private final int lane;
    private final long object;
    private final String name;
    private final Map<String, Integer> holders = new TreeMap<>();
    private int value;

    /**
     * @param kind {@link Kind#MM_REFERENCE} or {@link Kind#FILE_REFERENCE}
     * @param object number of the counted object
     * @param name of the counter, for example {@code "mm_users"}
     */
    public Counter(Trace trace, Kind kind, int lane, long object, String name) {
        this.trace = trace;
        this.kind = kind;
        this.lane = lane;
        this.object = object;
        this.name = name;
    }

    public int value() {
        return value;
    }

    /** Who holds references, and how many each. */
    public Map<String, Integer> holders() {
        return Map.copyOf(holders);
    }

    /** Takes a reference. */
    public void get(String holder) {
        holders.merge(holder, 1, Integer::sum);
        change(1, holder);
    }

    /**
     * Takes a reference unless there is none left.
     *
     * @return false if the object is already going
     */
    public boolean getUnlessZero(String holder) {
        if (value == 0) {
            return false;
        }
        get(holder);
        return true;
    }

    /**
     * Gives a reference back.
     *
     * @return true if it was the last
     * @throws IllegalStateException if this holder has none
     */
    public boolean put(String holder) {
        Integer held = holders.get(holder);
        if (held == null) {
            throw new IllegalStateException(name + ": " + holder + " holds no reference");
        }
        if (held == 1) {
            holders.remove(holder);
        } else {
            holders.put(holder, held - 1);
        }
        change(-1, holder);
        return value == 0;
    }

    /**
     * Gives back a reference that the holder never got, as only a bug does.
     *
     * @return true if it was the last
     */
    public boolean putOfOther(String holder) {
        change(-1, holder);
        return value == 0;
    }

    private void change(int by, String holder) {
        int before = value;
        value += by;
        if (trace.wants(kind)) {
            trace.tell(kind, lane, object, before, value, name + " of " + holder);
        }
    }
}
