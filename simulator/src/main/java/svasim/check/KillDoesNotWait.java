package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.trace.Kind;

/**
 * I-45. Only for address spaces that a device uses: the others are slow for reasons of their own.
 * Policies that wait for a device in their release callback hold the memory as long as it likes.
 */
final class KillDoesNotWait extends Rule {
    private final Waits<Long> dying;
    private final Set<Long> bound = new HashSet<>();

    KillDoesNotWait(Bounds bounds) {
        super(
                "I-45",
                "From SIGKILL to freed memory takes no longer than "
                        + bounds.kill()
                        + ", whatever a device does.",
                Kind.BOUND,
                Kind.SIGNAL,
                Kind.DEVICE_STOPPED,
                Kind.MM_EMPTIED);
        dying = new Waits<>(bounds.kill().value());
    }

    @Override
    public void on(Observation seen, Docket docket) {
        dying.overdue(
                seen.timePs(),
                mm -> docket.broken(this, Finding.of("its memory is not free in time").mm(mm)));
        switch (seen.kind()) {
            case BOUND -> bound.add(seen.c());
            case MM_EMPTIED -> dying.end(seen.a());
            case SIGNAL -> {
                if (bound.contains(seen.b()) && "SIGKILL".equals(String.valueOf(seen.subject()))) {
                    dying.beginOnce(seen.b(), seen.timePs());
                }
            }
            default -> {
                // Time has passed.
            }
        }
    }
}
