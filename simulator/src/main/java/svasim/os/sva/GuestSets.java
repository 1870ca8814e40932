package svasim.os.sva;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import svasim.os.mm.AddressSpace;
import svasim.os.task.Platform;
import svasim.units.Require;

/** The sets of all virtual machines, and what host units translate for them. */
final class GuestSets {
    private final PasidConfig numbers;
    private final PasidLives lives;
    private final Platform platform;
    private final Map<PasidSet, GuestBonds> all = new LinkedHashMap<>();

    GuestSets(PasidConfig numbers, PasidLives lives, Platform platform) {
        this.numbers = numbers;
        this.lives = lives;
        this.platform = platform;
    }

    /** One shared queue can work for many devices, so that a number has to be the system's. */
    PasidSet newSet(String vm, Integer quota, PasidSet.Numbering numbering) {
        Require.that(
                numbers.space() == PasidConfig.Space.SYSTEM,
                "space",
                numbers.space(),
                "system, of which virtual machines get their PASIDs");
        int most = quota == null ? lives.limit() : quota;
        PasidSet set = new PasidSet(vm, all.size(), numbering, most, lives, platform);
        GuestBonds bonds = new GuestBonds(set);
        set.add(bonds);
        all.put(set, bonds);
        return set;
    }

    GuestBonds bonds(PasidSet set) {
        return all.get(set);
    }

    AddressSpace space(int id) {
        return all.values().stream()
                .map(bonds -> bonds.space(id))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
