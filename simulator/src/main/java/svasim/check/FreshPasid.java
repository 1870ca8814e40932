package svasim.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** I-11. When a number is handed out, looks for anything that still knows it. */
final class FreshPasid implements Invariant {
    private final Probes probes;
    private final PageRequestLedger requests;

    /** TLPs under way, by PASID. */
    private final Map<Integer, Integer> inFlight = new HashMap<>();

    FreshPasid(Probes probes, PageRequestLedger requests) {
        this.probes = probes;
        this.requests = requests;
    }

    @Override
    public String id() {
        return "I-11";
    }

    @Override
    public String statement() {
        return "A PASID is handed out only when no table, cache, TLP or queue knows it any more.";
    }

    @Override
    public Set<Kind> watches() {
        return Set.of(Kind.PASID_ALLOCATED, Kind.TLP_SENT, Kind.TLP_RECEIVED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case TLP_SENT -> count(seen, 1);
            case TLP_RECEIVED -> count(seen, -1);
            default -> checkFresh((int) seen.a(), seen.b(), docket);
        }
    }

    private void count(Observation seen, int change) {
        int pasid = PasidPrefix.number(((Tlp) seen.subject()).pasid());
        if (pasid != PasidPrefix.NONE) {
            inFlight.merge(pasid, change, (before, more) -> Math.max(0, before + more));
        }
    }

    private void checkFresh(int pasid, long mm, Docket docket) {
        for (int i = 0; i < probes.functions(); i++) {
            if (probes.rootOf(probes.requesterId(i), pasid) != Probes.NO_ROOT) {
                docket.broken(this, pasid, -1, mm, "function " + i + " still has an entry for it");
            }
        }
        probes.visitTranslations(
                (requesterId, cached, iova, pageShift, output, permissions) -> {
                    if (cached == pasid) {
                        docket.broken(this, pasid, output, mm, "a cache still translates with it");
                    }
                });
        if (inFlight.getOrDefault(pasid, 0) > 0) {
            docket.broken(this, pasid, -1, mm, "a TLP with it is still under way");
        }
        if (requests.open(pasid)) {
            docket.broken(this, pasid, -1, mm, "a page request with it is still open");
        }
    }
}
