package svasim.machine;

import java.util.Map;
import java.util.function.Supplier;
import svasim.guest.Guest;
import svasim.machine.fault.Victims;
import svasim.os.Os;

/** Processes of the machine, and of its guests by the name of the guest and theirs. */
final class MachineVictims implements Victims {
    private final Os os;

    /** Made later than the faults. */
    private final Supplier<Map<String, Guest>> guests;

    MachineVictims(Os os, Supplier<Map<String, Guest>> guests) {
        this.os = os;
        this.guests = guests;
    }

    @Override
    public boolean lives(String name) {
        Guest guest = owner(name);
        return guest == null
                ? os.lives(name)
                : guest.state() == Guest.State.RUNNING && guest.os().lives(inside(guest, name));
    }

    @Override
    public void kill(String name) {
        Guest guest = owner(name);
        if (guest == null) {
            os.kill(name);
        } else {
            guest.os().kill(inside(guest, name));
        }
    }

    /** Null for a process of the machine itself. */
    private Guest owner(String process) {
        int dot = process.indexOf('.');
        return dot < 0 ? null : guests.get().get(process.substring(0, dot));
    }

    private String inside(Guest guest, String name) {
        return name.substring(guest.name().length() + 1);
    }

    @Override
    public void moveMemory(String guest) {
        if (guests.get().containsKey(guest)) {
            guests.get().get(guest).moveMemory();
        }
    }
}
