package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** I-72. Of a PASID that no bind has given to the function, the tables are asked once. */
final class UnboundPasidHasNoEffect extends Rule {
    private final Probes probes;
    private final Set<Bond> known = new HashSet<>();

    private record Bond(long pasid, long requesterId) {}

    UnboundPasidHasNoEffect(Probes probes) {
        super(
                "I-72",
                "Nothing is translated for a PASID that was never given to the device.",
                Kind.TRANSLATED,
                Kind.TARGET_ADDED);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.TARGET_ADDED) {
            known.add(new Bond(seen.a(), seen.b()));
        } else if (seen.a() != PasidPrefix.NONE) {
            translated(seen, docket);
        }
    }

    private void translated(Observation seen, Docket docket) {
        int requesterId = ((Tlp) seen.subject()).senderId();
        if (!known.add(new Bond(seen.a(), requesterId))) {
            return;
        }
        int pasid = (int) seen.a();
        boolean entry =
                probes.rootOf(requesterId, pasid) != Probes.NO_ROOT
                        || probes.explain(requesterId, pasid, seen.b(), 0).translated();
        if (!entry) {
            docket.broken(
                    this,
                    Finding.of("0x" + Long.toHexString(seen.b()) + " is translated")
                            .pasid(pasid)
                            .frame(seen.c())
                            .device(requesterId));
        }
    }
}
