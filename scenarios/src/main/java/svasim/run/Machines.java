package svasim.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import svasim.guest.Guest;
import svasim.machine.Machine;

/** The operating systems of a machine: its own, and those of its guests. */
final class Machines {
    private Machines() {}

    /** That of the machine first. */
    static List<OsPrograms> programs(Machine machine) {
        List<OsPrograms> all = new ArrayList<>();
        all.add(new OsPrograms(machine.os(), ""));
        machine.guests().forEach((name, guest) -> all.add(of(name, guest)));
        return all;
    }

    private static OsPrograms of(String name, Guest guest) {
        return new OsPrograms(guest.os(), name + ".");
    }

    /** The system whose observation this lane of the trace is. */
    static OsPrograms programs(Machine machine, int lane) {
        return machine.guests().isEmpty()
                ? new OsPrograms(machine.os(), "")
                : ownerOf(machine, machine.hardware().trace().laneName(lane));
    }

    /** The system whose part has a name as it is called from outside. */
    static OsPrograms ownerOf(Machine machine, String name) {
        for (Map.Entry<String, Guest> guest : machine.guests().entrySet()) {
            OsPrograms its = of(guest.getKey(), guest.getValue());
            if (its.owns(name)) {
                return its;
            }
        }
        return new OsPrograms(machine.os(), "");
    }
}
