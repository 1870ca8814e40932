package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import svasim.trace.Kind;

/**
 * I-23. Pages that others take while subscribers are being released (reclaim, migration, the OOM
 * reaper) are no breach: subscribers that are still there are told of those one by one.
 */
final class EachNotifierEndsOnce extends Rule {
    /** Names of those that have neither been released nor unregistered, by mm and number. */
    private final Map<Long, Map<Long, String>> registered = new HashMap<>();

    private final Set<Long> exiting = new HashSet<>();

    EachNotifierEndsOnce() {
        super(
                "I-23",
                "Each subscriber of an address space is released, or has unregistered before, once,"
                        + " before pages are freed.",
                Kind.NOTIFIER_REGISTERED,
                Kind.NOTIFIER_ENDED,
                Kind.MM_EXITING,
                Kind.MM_EMPTYING);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case NOTIFIER_REGISTERED -> registered(seen, docket);
            case NOTIFIER_ENDED -> ended(seen, docket);
            case MM_EXITING -> exiting.add(seen.a());
            default -> emptying(seen.a(), docket);
        }
    }

    private Map<Long, String> of(long mm) {
        return registered.computeIfAbsent(mm, m -> new LinkedHashMap<>());
    }

    /** Linux asserts that mm_users is not 0 (__mmu_notifier_register). */
    private void registered(Observation seen, Docket docket) {
        of(seen.a()).put(seen.b(), String.valueOf(seen.subject()));
        if (exiting.contains(seen.a())) {
            docket.broken(this, Finding.of("comes too late: " + seen.subject()).mm(seen.a()));
        }
    }

    private void ended(Observation seen, Docket docket) {
        if (of(seen.a()).remove(seen.b()) == null) {
            docket.broken(this, Finding.of("ended twice: " + seen.subject()).mm(seen.a()));
        }
    }

    private void emptying(long mm, Docket docket) {
        for (String left : of(mm).values()) {
            docket.broken(this, Finding.of("not released: " + left).mm(mm));
        }
    }
}
