package svasim.lesson.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.guest.Guest;
import svasim.guest.GuestMemory;
import svasim.layout.AddressTables;
import svasim.layout.Pointer;
import svasim.machine.Machine;
import svasim.report.Seen;
import svasim.trace.Trace;

/**
 * The systems that a story tells of: the host, and the guests with numbers of their own. In a story
 * each PASID and each address space has one number, and each word of memory its address in the
 * machine; those of a guest are made from what it calls them.
 */
final class Systems {
    static final int HOST = 0;

    /** Numbers of a guest's PASIDs and address spaces begin here, each guest behind the other. */
    static final long NUMBERS = 1L << 20;

    private final Trace trace;
    private final Map<String, Guest> guests = new LinkedHashMap<>();
    private final List<Guest> inOrder;

    /** Systems by lane, as far as they were asked for. */
    private final Map<Integer, Integer> known = new HashMap<>();

    Systems(Machine machine) {
        trace = machine.hardware().trace();
        guests.putAll(machine.guests());
        inOrder = new ArrayList<>(guests.values());
    }

    /** Names of the guests, in the order of their numbers. */
    List<String> names() {
        return List.copyOf(guests.keySet());
    }

    /** Guests, in the order of their numbers. */
    List<Guest> guests() {
        return inOrder;
    }

    /** The system whose lane it is: {@link #HOST}, or 1 for the first guest. */
    int of(int lane) {
        return guests.isEmpty() ? HOST : known.computeIfAbsent(lane, this::find);
    }

    private int find(int lane) {
        String name = trace.laneName(lane);
        int number = HOST;
        for (String guest : guests.keySet()) {
            number++;
            if (name.startsWith(guest + ".")) {
                return number;
            }
        }
        return HOST;
    }

    /** Name of a lane within its system. */
    String name(int lane) {
        String name = trace.laneName(lane);
        int system = of(lane);
        return system == HOST ? name : name.substring(names().get(system - 1).length() + 1);
    }

    /** An observation with the numbers and addresses of the story. */
    Seen told(Seen seen) {
        int system = of(seen.lane());
        return system == HOST
                ? seen
                : new Seen(
                        seen.id(),
                        seen.cause(),
                        seen.timePs(),
                        seen.kind(),
                        seen.lane(),
                        field(seen, 0, system),
                        field(seen, 1, system),
                        field(seen, 2, system),
                        seen.subject());
    }

    private long field(Seen seen, int position, int system) {
        String name = seen.kind().fields().get(position);
        long value = seen.field(position);
        return switch (name) {
            case "pasid", "mm", "mmPasid" -> value < 0 ? value : value + system * NUMBERS;
            case "wordPa", "framePa", "entryPa", "linePa" -> address(value, system);
            default -> value;
        };
    }

    private long address(long gpa, int system) {
        GuestMemory memory = inOrder.get(system - 1).memory();
        return memory.isThere(gpa) ? memory.hpa(gpa) : Pointer.NOWHERE;
    }

    /** How addresses in tables of a system are to be read; null if they are physical. */
    AddressTables addresses(int system) {
        return system == HOST ? null : (gpa, words) -> address(gpa, system);
    }
}
