package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.trace.Kind;

/**
 * I-22. Knows which address spaces, files and other objects are gone, and sees who still uses one.
 */
final class NoUseAfterFree extends Rule {
    private final Set<Long> spaces = new HashSet<>();
    private final Set<Long> files = new HashSet<>();
    private final Set<Long> objects = new HashSet<>();

    NoUseAfterFree() {
        super(
                "I-22",
                "Nobody uses an address space, a file or another object that was freed.",
                Kind.OBJECT_FREED,
                Kind.OBJECT_USED,
                Kind.MM_FREED,
                Kind.MM_REFERENCE,
                Kind.PAGE_MAPPED,
                Kind.RANGE_INVALIDATE,
                Kind.PAGE_FAULT_HANDLED,
                Kind.BOUND,
                Kind.FILE_RELEASED,
                Kind.FILE_REFERENCE);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case MM_FREED -> spaces.add(seen.a());
            case FILE_RELEASED -> files.add(seen.a());
            case OBJECT_FREED -> objects.add(seen.a());
            case OBJECT_USED -> {
                if (objects.contains(seen.a())) {
                    docket.broken(this, Finding.of("used after it was freed: " + seen.subject()));
                }
            }
            case FILE_REFERENCE -> {
                if (files.contains(seen.a())) {
                    docket.broken(this, Finding.of("a file is used: " + seen.subject()));
                }
            }
            case BOUND -> check(seen.c(), "a bind", docket);
            case MM_REFERENCE -> check(seen.a(), String.valueOf(seen.subject()), docket);
            case PAGE_MAPPED -> check(seen.a(), "a page is mapped", docket);
            case RANGE_INVALIDATE -> check(seen.a(), "an invalidation", docket);
            default -> check(seen.a(), "a page request is handled", docket);
        }
    }

    private void check(long mm, String use, Docket docket) {
        if (spaces.contains(mm)) {
            docket.broken(this, Finding.of("an address space is used: " + use).mm(mm));
        }
    }
}
