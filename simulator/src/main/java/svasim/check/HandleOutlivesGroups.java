package svasim.check;

import java.util.LinkedHashSet;
import java.util.Set;
import svasim.trace.Kind;

/** I-24. Knows the page request groups that software has taken up and not done with. */
final class HandleOutlivesGroups extends Rule {
    private final Set<Group> groups = new LinkedHashSet<>();

    private record Group(long pasid, long requesterId, long index) {}

    HandleOutlivesGroups() {
        super(
                "I-24",
                "A bond ends only when no worker has a page request group of it any more.",
                Kind.PAGE_GROUP_TAKEN,
                Kind.PAGE_GROUP_DONE,
                Kind.UNBOUND);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        Group group = new Group(seen.a(), seen.b(), seen.c());
        switch (seen.kind()) {
            case PAGE_GROUP_TAKEN -> groups.add(group);
            case PAGE_GROUP_DONE -> groups.remove(group);
            default -> unbound(seen, docket);
        }
    }

    private void unbound(Observation seen, Docket docket) {
        for (Group group : groups) {
            if (group.pasid() == seen.a() && group.requesterId() == seen.b()) {
                docket.broken(
                        this,
                        Finding.of("a worker still has group " + group.index())
                                .pasid(seen.a())
                                .device(seen.b()));
            }
        }
    }
}
