package svasim.os;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** Keeps every observation of a run. */
public final class Recorder implements TraceListener {
    private final List<Seen> all = new ArrayList<>();

    /** One observation. */
    public record Seen(long timePs, Kind kind, int lane, long a, long b, long c, Object subject) {}

    @Override
    public boolean wants(Kind kind) {
        return true;
    }

    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        all.add(new Seen(timePs, kind, lane, a, b, c, subject));
    }

    public List<Seen> all() {
        return all;
    }

    public List<Seen> of(Kind kind) {
        return all.stream().filter(seen -> seen.kind() == kind).toList();
    }

    /** Labels of the steps that ran, in order. */
    public List<String> steps() {
        return of(Kind.STEP).stream().map(seen -> (String) seen.subject()).toList();
    }

    /** States that PASIDs went through, as {@code "1:bound"}. */
    public List<String> pasidStates() {
        return of(Kind.PASID_STATE).stream().map(seen -> seen.a() + ":" + seen.subject()).toList();
    }

    /** Notifications of users of PASIDs that begin so, with the references at that time. */
    public List<String> notifications(String event) {
        return of(Kind.PASID_NOTIFIED).stream()
                .filter(seen -> ((String) seen.subject()).startsWith(event))
                .map(seen -> seen.subject() + " at " + seen.b())
                .toList();
    }

    /** Where the first such observation stands; fails if there is none. */
    public int indexOf(Predicate<Seen> wanted) {
        for (int i = 0; i < all.size(); i++) {
            if (wanted.test(all.get(i))) {
                return i;
            }
        }
        throw new AssertionError("never observed; steps: " + steps());
    }

    public int indexOfStep(String label) {
        return indexOf(seen -> seen.kind() == Kind.STEP && label.equals(seen.subject()));
    }

    public int indexOf(Kind kind) {
        return indexOf(seen -> seen.kind() == kind);
    }

    /** Fails unless the labels are a subsequence of the steps that ran. */
    public void assertOrder(String... labels) {
        List<String> steps = steps();
        int from = 0;
        for (String label : labels) {
            int found = steps.subList(from, steps.size()).indexOf(label);
            if (found < 0) {
                throw new AssertionError(
                        "\""
                                + label
                                + "\" does not follow in "
                                + steps.subList(from, steps.size()));
            }
            from += found + 1;
        }
    }
}
