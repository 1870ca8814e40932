package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/** I-10. Follows who owns each number, and looks at the device's entry when a bond is made. */
final class OneOwnerPerPasid extends Rule {
    private final Probes probes;

    /** Owning mm, by space and number. */
    private final Map<Number, Long> owners = new HashMap<>();

    /** Bonds whose entry has to be there, and the mm of each. */
    private final Map<Bond, Long> bonds = new HashMap<>();

    private record Number(long space, long pasid) {}

    private record Bond(long pasid, long requesterId) {}

    OneOwnerPerPasid(Probes probes) {
        super(
                "I-10",
                "A PASID has one owner, and its entries point to that owner's page tables.",
                Kind.PASID_ALLOCATED,
                Kind.PASID_FREED,
                Kind.BOUND,
                Kind.CUT,
                Kind.SUSPENDED,
                Kind.RESUMED,
                Kind.MM_EXITING,
                Kind.UNBINDING,
                Kind.UNBOUND);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case PASID_ALLOCATED -> allocated(seen, docket);
            case PASID_FREED -> owners.remove(new Number(seen.c(), seen.a()));
            case BOUND, RESUMED -> {
                Bond bond = new Bond(seen.a(), seen.b());
                bonds.put(bond, seen.c());
                checkEntry("after the bind", bond, docket);
            }
            case CUT, SUSPENDED -> bonds.remove(new Bond(seen.a(), seen.b()));
            case MM_EXITING -> checkAllOf(seen.a(), docket);
            case UNBINDING -> {
                Bond bond = new Bond(seen.a(), seen.b());
                if (bonds.containsKey(bond)) {
                    checkEntry("before the unbind", bond, docket);
                }
            }
            default -> checkOthers(seen, docket);
        }
    }

    private void allocated(Observation seen, Docket docket) {
        Long other = owners.put(new Number(seen.c(), seen.a()), seen.b());
        if (other != null) {
            docket.broken(
                    this,
                    Finding.of("the number still belongs to mm " + other)
                            .pasid(seen.a())
                            .mm(seen.b()));
        }
    }

    /**
     * Nobody has reason to clear an entry before the address space ends or is unbound. From here on
     * it is cut, at any moment before this is told, and its driver may unbind meanwhile.
     */
    private void checkAllOf(long mm, Docket docket) {
        bonds.forEach(
                (bond, owner) -> {
                    if (owner == mm) {
                        checkEntry("before its end", bond, docket);
                    }
                });
        bonds.values().removeIf(owner -> owner == mm);
    }

    private void checkEntry(String when, Bond bond, Docket docket) {
        long mm = bonds.get(bond);
        long root = probes.rootOf((int) bond.requesterId(), (int) bond.pasid());
        if (root != probes.rootOfMm((int) mm)) {
            docket.broken(
                    this,
                    Finding.of(when + " the entry does not point to mm " + mm)
                            .pasid(bond.pasid())
                            .frame(root)
                            .device(bond.requesterId()));
        }
    }

    /** An unbind must not have torn down the entry of the present owner. */
    private void checkOthers(Observation unbound, Docket docket) {
        if (unbound.a() == PasidPrefix.NONE) {
            return;
        }
        for (Map.Entry<Number, Long> owner : owners.entrySet()) {
            long space = probes.pasidSpace((int) unbound.b());
            Number number = new Number(space, unbound.a());
            boolean taken = owner.getKey().equals(number) && owner.getValue() != unbound.c();
            if (taken) {
                docket.broken(
                        this,
                        Finding.of(
                                        "unbound by mm "
                                                + unbound.c()
                                                + " while mm "
                                                + owner.getValue()
                                                + " owns it")
                                .pasid(unbound.a())
                                .device(unbound.b()));
            }
        }
    }
}
