package svasim.lesson.quiz;

import svasim.report.Seen;
import svasim.trace.Kind;

/** Pages of 4 KiB that observations are about; all that tell of them have PASID and address so. */
final class Pages {
    private static final long OFFSET = 0xFFF;

    private Pages() {}

    /** Whether a device looked into its ATC. */
    static boolean isLookUp(Kind kind) {
        return kind == Kind.ATC_HIT || kind == Kind.ATC_MISS;
    }

    static long page(Seen seen) {
        return seen.b() & ~OFFSET;
    }

    static boolean same(Seen one, Seen other) {
        return one.a() == other.a() && page(one) == page(other);
    }

    /** The page that a step of an ATC is about, with the name of its buffer if it has one. */
    static String text(Reading reading, int step) {
        Seen seen = reading.at(step);
        String pasid = seen.a() < 0 ? "" : " of PASID " + seen.a();
        String buffer = reading.buffer(step) == null ? "" : " (" + reading.buffer(step) + ")";
        return String.format("page 0x%x", page(seen)) + pasid + buffer;
    }
}
