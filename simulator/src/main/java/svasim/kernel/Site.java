package svasim.kernel;

import java.util.List;
import java.util.stream.LongStream;

/**
 * A named place where a run may differ from the plain run: something that may be late, may be
 * preempted or may fail. Declared as a constant by the part that asks; two sites of one name are
 * the same.
 *
 * @param name dotted, for example {@code "os.worker.wakeup"}; no {@code #} and no {@code =}
 * @param delaysPs of a site that is about lateness, what the answers 1, 2 ... mean in picoseconds;
 *     empty for another
 */
public record Site(String name, List<Long> delaysPs) {
    public Site {
        if (name.isEmpty() || name.indexOf('#') >= 0 || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not a site name: \"" + name + "\"");
        }
        delaysPs = List.copyOf(delaysPs);
    }

    /** A site whose answers are no times. */
    public Site(String name) {
        this(name, List.of());
    }

    /** A site where something may be late, see {@link Kernel#lateness}. */
    public static Site lateness(String name, long... delaysPs) {
        return new Site(name, LongStream.of(delaysPs).boxed().toList());
    }

    /** What an answer means; 0 for the plain run's, and at a site that is not about lateness. */
    public long delayPs(int answer) {
        return answer == 0 || answer > delaysPs.size() ? 0 : delaysPs.get(answer - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Site site && site.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
