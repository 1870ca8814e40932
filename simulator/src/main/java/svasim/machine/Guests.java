package svasim.machine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.guest.Guest;
import svasim.guest.GuestHost;
import svasim.guest.Vmm;
import svasim.os.Os;

/** Puts virtual machines together, on a machine that is there. */
final class Guests {
    private final GuestHost host;
    private final Map<String, Guest> guests = new LinkedHashMap<>();

    Guests(Hardware hardware, Os os) {
        host =
                new GuestHost(
                        os,
                        hardware.trace(),
                        hardware.statistics(),
                        hardware.memory(),
                        hardware.frames(),
                        hardware.cores().config(),
                        hardware.bus());
    }

    void add(GuestPlan plan) {
        Guest guest = new Guest(plan.name(), guests.size(), plan.config(), host);
        guests.put(plan.name(), guest);
        plan.processes().forEach(guest.os()::add);
        Vmm.add(guest, List.of(), host.os());
    }

    /** In the order of adding. */
    Map<String, Guest> all() {
        return Collections.unmodifiableMap(guests);
    }
}
