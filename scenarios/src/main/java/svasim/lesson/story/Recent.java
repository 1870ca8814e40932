package svasim.lesson.story;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of the observations of late, by their number. What lies further back is forgotten:
 * a run may be longer than memory is large, and hardly anything is caused by what is so old.
 */
final class Recent<V> extends LinkedHashMap<Long, V> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 200_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
        return size() > MOST;
    }
}
