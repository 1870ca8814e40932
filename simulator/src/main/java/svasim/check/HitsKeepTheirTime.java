package svasim.check;

import java.util.IdentityHashMap;
import java.util.Map;
import svasim.trace.Kind;

/**
 * I-40. A request that finds its answer in the caches needs no table; if it takes long and another
 * PASID has faulted meanwhile, it waited for that fault.
 */
final class HitsKeepTheirTime extends Rule {
    private final long boundPs;

    /** Requests in the unit that have not missed, by their TLP. */
    private final Map<Object, Request> open = new IdentityHashMap<>();

    /** A request in the unit. */
    private static final class Request {
        final long pasid;
        final long sincePs;
        boolean foreignFault;

        Request(Observation started) {
            pasid = started.a();
            sincePs = started.timePs();
        }
    }

    HitsKeepTheirTime(Bounds bounds) {
        super(
                "I-40",
                "A fault of one PASID delays a request of another one that hits by no more than "
                        + bounds.hit()
                        + ".",
                Kind.TRANSLATION_STARTED,
                Kind.TRANSLATION_MISSED,
                Kind.TRANSLATED,
                Kind.TRANSLATION_FAULTED);
        boundPs = bounds.hit().value();
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.TRANSLATION_STARTED) {
            open.put(seen.subject(), new Request(seen));
            return;
        }
        Request request = open.remove(seen.subject());
        if (seen.kind() == Kind.TRANSLATION_FAULTED) {
            faulted(seen.a());
        } else if (seen.kind() == Kind.TRANSLATED && request != null) {
            translated(request, seen.timePs(), docket);
        }
    }

    private void faulted(long pasid) {
        for (Request other : open.values()) {
            other.foreignFault |= other.pasid != pasid;
        }
    }

    private void translated(Request request, long nowPs, Docket docket) {
        if (request.foreignFault && nowPs - request.sincePs > boundPs) {
            docket.broken(
                    this,
                    Finding.of("a request that hits has waited while another PASID faulted")
                            .pasid(request.pasid));
        }
    }
}
