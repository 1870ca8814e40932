package svasim.check;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** I-11. When a number is handed out, looks for anything that still knows it. */
final class FreshPasid extends Rule {
    private final Probes probes;
    private final PageRequestLedger requests;

    /** TLPs under way, by PASID. */
    private final Map<Integer, Integer> inFlight = new HashMap<>();

    /** Space in which an owner got a number. */
    private final Map<Owner, Long> spaces = new HashMap<>();

    /** Bonds whose unbind has not returned. */
    private final Set<Bond> bonds = new LinkedHashSet<>();

    private record Owner(long pasid, long mm) {}

    private record Bond(Owner owner, long requesterId) {}

    FreshPasid(Probes probes, PageRequestLedger requests) {
        super(
                "I-11",
                "A PASID is handed out only when no table, cache, TLP or queue knows it any more.",
                Kind.PASID_ALLOCATED,
                Kind.BOUND,
                Kind.UNBOUND,
                Kind.TLP_SENT,
                Kind.TLP_RECEIVED);
        this.probes = probes;
        this.requests = requests;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case TLP_SENT -> count(seen, 1);
            case TLP_RECEIVED -> count(seen, -1);
            case BOUND -> bonds.add(new Bond(new Owner(seen.a(), seen.c()), seen.b()));
            case UNBOUND -> bonds.remove(new Bond(new Owner(seen.a(), seen.c()), seen.b()));
            default -> {
                checkBonds(seen, docket);
                checkFresh(seen, docket);
                spaces.put(new Owner(seen.a(), seen.b()), seen.c());
            }
        }
    }

    private void checkBonds(Observation allocated, Docket docket) {
        for (Bond bond : bonds) {
            boolean sameNumber =
                    bond.owner().pasid() == allocated.a()
                            && Objects.equals(spaces.get(bond.owner()), allocated.c());
            if (sameNumber) {
                docket.broken(
                        this,
                        Finding.of("mm " + bond.owner().mm() + " is still bound with it")
                                .pasid(allocated.a())
                                .mm(allocated.b()));
            }
        }
    }

    private void count(Observation seen, int change) {
        int pasid = PasidPrefix.number(((Tlp) seen.subject()).pasid());
        if (pasid != PasidPrefix.NONE) {
            inFlight.merge(pasid, change, (before, more) -> Math.max(0, before + more));
        }
    }

    /** Requests without PASID belong to the DMA API before, which is no other owner of a number. */
    private void checkFresh(Observation allocated, Docket docket) {
        int pasid = (int) allocated.a();
        long mm = allocated.b();
        if (pasid == PasidPrefix.NONE) {
            return;
        }
        for (int i = 0; i < probes.functions(); i++) {
            boolean same = probes.pasidSpace(probes.requesterId(i)) == allocated.c();
            if (same && probes.rootOf(probes.requesterId(i), pasid) != Probes.NO_ROOT) {
                docket.broken(
                        this,
                        Finding.of("function " + i + " still has an entry for it")
                                .pasid(pasid)
                                .mm(mm));
            }
        }
        probes.visitTranslations(
                (requesterId, cached, iova, pageShift, output, permissions) -> {
                    boolean same = probes.pasidSpace(requesterId) == allocated.c();
                    if (same && cached == pasid) {
                        docket.broken(
                                this,
                                Finding.of("a cache still translates with it")
                                        .pasid(pasid)
                                        .frame(output)
                                        .mm(mm));
                    }
                });
        if (inFlight.getOrDefault(pasid, 0) > 0) {
            docket.broken(this, Finding.of("a TLP with it is still under way").pasid(pasid).mm(mm));
        }
        if (requests.open(pasid)) {
            docket.broken(
                    this, Finding.of("a page request with it is still open").pasid(pasid).mm(mm));
        }
    }
}
