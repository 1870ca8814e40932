package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;
import svasim.os.sva.GuestsUnderTest.Holder;
import svasim.trace.Kind;

/** Any order of what can happen to the numbers of two guests, against a slow model. */
class PasidSetModelTest {
    private static final int QUOTA = 3;
    private static final int WIDTH = 2;
    private static final String VDCM = "VDCM";

    private GuestsUnderTest host;
    private List<Guest> guests;

    @BeforeTry
    void start() {
        PasidConfig few = new PasidConfig(null, null, WIDTH, null, null);
        host = new GuestsUnderTest(new OsUnderTest.Setup().pasids(few));
        guests = List.of(new Guest("vm0"), new Guest("vm1"));
    }

    /** What a number should be: who holds it, and whether it was given up. */
    private static final class Expected {
        private final SetPasid number;
        private final Set<String> devices = new LinkedHashSet<>();
        private boolean kvm;
        private int vdcm;
        private boolean freed;

        Expected(SetPasid number) {
            this.number = number;
        }

        int references() {
            return (freed ? 0 : 1) + devices.size() + (kvm ? 1 : 0) + vdcm;
        }
    }

    /** A guest and the numbers that are not reclaimed. */
    private final class Guest {
        private final PasidSet set;
        private final Holder kvm = new Holder(PasidUser.Rank.CPU, "KVM", host.newList());
        private final List<Expected> all = new ArrayList<>();
        private boolean kvmLives = true;

        Guest(String name) {
            set = host.set(name, QUOTA);
            set.add(kvm);
        }

        Expected pick(int which) {
            return all.isEmpty() ? null : all.get(which % all.size());
        }

        void allocate() {
            boolean room = all.size() < QUOTA && inUse() < (1 << WIDTH) - 1;
            SetPasid number = host.allocate(set);
            assertEquals(room, number != null);
            if (room) {
                all.add(new Expected(number));
            }
        }

        void bind(Expected it, SimpleDevice device) {
            String name = device.device().name();
            boolean possible = !it.freed && !it.devices.contains(name);
            assertEquals(possible, host.bind(it.number, device) == null);
            if (possible) {
                it.kvm |= it.devices.isEmpty() && kvmLives;
                it.devices.add(name);
            }
        }

        void unbind(Expected it, SimpleDevice device) {
            host.unbind(set, it.number.guest(), device);
            boolean last = it.devices.remove(device.device().name()) && it.devices.isEmpty();
            it.kvm &= !last;
        }

        void free(Expected it) {
            host.free(set, it.number.guest());
            it.freed = true;
            it.kvm = false;
            it.devices.clear();
        }

        void getForDevice(Expected it) {
            assertEquals(!it.freed, it.number.get(VDCM));
            it.vdcm += it.freed ? 0 : 1;
        }

        void putForDevice(Expected it) {
            it.number.put(VDCM);
            it.vdcm = Math.max(0, it.vdcm - 1);
        }

        void killKvm() {
            set.remove(kvm);
            kvmLives = false;
            all.forEach(it -> it.kvm = false);
        }

        void check() {
            for (Expected it : List.copyOf(all)) {
                assertEquals(it.references(), it.number.references(), it.number.toString());
                if (it.references() == 0) {
                    assertTrue(it.number.isReclaimed());
                    all.remove(it);
                } else {
                    assertFalse(it.number.isReclaimed());
                    assertEquals(it.freed, set.find(it.number.guest()) != it.number);
                }
            }
        }
    }

    private int inUse() {
        return guests.stream().mapToInt(guest -> guest.all.size()).sum();
    }

    @Property(tries = 60)
    void shouldNeverReuseNumberThatIsHeldAndAlwaysReclaim(
            @ForAll @Size(max = 40) List<@IntRange(max = 1023) Integer> script) {
        for (int action : script) {
            Guest guest = guests.get(action & 1);
            SimpleDevice device = (action & 2) == 0 ? host.dev0() : host.dev1();
            act(guest, device, action >> 2 & 7, action >> 5);
            guests.forEach(Guest::check);
            assertEquals(inUse(), host.sva().pasidsInUse());
            assertEquals(
                    inUse(),
                    guests.stream()
                            .flatMap(g -> g.all.stream())
                            .map(it -> it.number.host())
                            .distinct()
                            .count(),
                    "no number twice");
        }
        end();
    }

    private static void act(Guest guest, SimpleDevice device, int what, int which) {
        Expected it = guest.pick(which);
        if (what < 2 || it == null) {
            guest.allocate();
            return;
        }
        switch (what) {
            case 2, 3 -> guest.bind(it, device);
            case 4 -> guest.unbind(it, device);
            case 5 -> guest.getForDevice(it);
            case 6 -> guest.putForDevice(it);
            default -> {
                if (which > 28) {
                    guest.killKvm();
                } else {
                    guest.free(it);
                }
            }
        }
    }

    /** Every guest ends, and its devices let go. */
    private void end() {
        for (Guest guest : guests) {
            host.system().finish(guest.set.freeAll());
            guest.all.forEach(
                    it -> {
                        while (it.number.isHeldBy(VDCM)) {
                            it.number.put(VDCM);
                        }
                    });
            host.system().finish(guest.set.awaitReclaimed());
        }
        assertEquals(0, host.sva().pasidsInUse());
        assertTrue(
                host.system().recorder().of(Kind.PASID_REFERENCE).stream()
                        .allMatch(seen -> seen.c() >= 0));
        assertNull(host.ask(host.set("vm2", null)).refusal());
    }
}
