package svasim.machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.check.Bounds;
import svasim.check.Checker;
import svasim.check.Probes;
import svasim.check.Violation;
import svasim.guest.Guest;
import svasim.guest.GuestProbes;
import svasim.guest.GuestView;
import svasim.trace.Trace;

/** The invariants of the machines that the guests of a machine are. */
final class GuestChecks {
    private final Trace trace;
    private final Probes machine;
    private final Bounds bounds;
    private final Map<Guest, Checker> checkers = new LinkedHashMap<>();

    /**
     * @param machine looks at the hardware
     * @param bounds null if nothing is checked
     */
    GuestChecks(Trace trace, Probes machine, Bounds bounds) {
        this.trace = trace;
        this.machine = machine;
        this.bounds = bounds;
    }

    /** Watches a guest from now on: what it tells, and what hardware does to it. */
    void add(Guest guest) {
        if (bounds == null) {
            return;
        }
        Probes probes = new GuestProbes(machine, guest);
        Checker checker =
                new Checker(guest.os().platform().kernel(), guest.trace(), probes, bounds);
        checkers.put(guest, checker);
        guest.trace().add(checker);
        trace.add(new GuestView(guest.terms(), trace, checker));
    }

    /** The run is over; a guest that was stopped has not come to its end. */
    void atEnd() {
        checkers.forEach(
                (guest, checker) -> {
                    if (guest.state() == Guest.State.OFF) {
                        checker.atEnd();
                    }
                });
    }

    /** What was found broken in guests. */
    List<Violation> violations() {
        return checkers.values().stream().flatMap(one -> one.violations().stream()).toList();
    }
}
