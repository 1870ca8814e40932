package svasim.check;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import svasim.trace.Kind;

/** I-23. */
final class EachNotifierEndsOnce extends Rule {
    /** Names of those that have neither been released nor unregistered, by mm and number. */
    private final Map<Long, Map<Long, String>> registered = new HashMap<>();

    private final Map<Long, Boolean> exiting = new HashMap<>();

    EachNotifierEndsOnce() {
        super(
                "I-23",
                "Each subscriber of an address space is released, or has unregistered before, once,"
                        + " before pages are freed.",
                Kind.NOTIFIER_REGISTERED,
                Kind.NOTIFIER_ENDED,
                Kind.MM_EXITING,
                Kind.PAGE_UNMAPPED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case NOTIFIER_REGISTERED -> of(seen.a()).put(seen.b(), String.valueOf(seen.subject()));
            case NOTIFIER_ENDED -> ended(seen, docket);
            case MM_EXITING -> exiting.put(seen.a(), true);
            default -> unmapped(seen.a(), docket);
        }
    }

    private Map<Long, String> of(long mm) {
        return registered.computeIfAbsent(mm, m -> new LinkedHashMap<>());
    }

    private void ended(Observation seen, Docket docket) {
        if (of(seen.a()).remove(seen.b()) == null) {
            docket.broken(this, Finding.of("ended twice: " + seen.subject()).mm(seen.a()));
        }
    }

    /** The first page that goes decides; what was not released by then is reported once. */
    private void unmapped(long mm, Docket docket) {
        if (exiting.remove(mm) != null) {
            for (String left : of(mm).values()) {
                docket.broken(this, Finding.of("not released: " + left).mm(mm));
            }
        }
    }
}
