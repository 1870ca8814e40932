package svasim.lesson.quiz;

import svasim.report.Subjects;
import svasim.trace.Kind;

/** Requests from their arrival at the IOMMU to their outcome. */
final class Translations {
    private Translations() {}

    /** Whether a request with an address to be translated arrives. */
    static boolean begins(Reading reading, int step) {
        return reading.kind(step) == Kind.TRANSLATION_STARTED
                && !Subjects.isTranslated(reading.at(step).subject());
    }

    static boolean ends(Kind kind) {
        return kind == Kind.TRANSLATED || kind == Kind.TRANSLATION_FAULTED;
    }

    /** Where a request ends that begins at a step; none if another request's walk helps it. */
    static int end(Reading reading, int begin) {
        return reading.first(
                begin + 1, step -> ends(reading.kind(step)) && reading.leads(begin, step));
    }

    /** Whether the reads that a request led to were all for itself, and not for another one too. */
    static boolean isAlone(Reading reading, int begin, int end) {
        int all = 0;
        for (int step = begin; step < end; step++) {
            boolean read = reading.kind(step) == Kind.WALK_READ;
            all += read && reading.leads(begin, step) ? 1 : 0;
        }
        return all == count(reading, begin, end, Kind.WALK_READ);
    }

    /** Observations of a kind on the way from the begin to the end. */
    static int count(Reading reading, int begin, int end, Kind kind) {
        int count = 0;
        for (int step = end; step > begin; step = reading.cause(step)) {
            count += reading.kind(step) == kind ? 1 : 0;
        }
        return count;
    }
}
