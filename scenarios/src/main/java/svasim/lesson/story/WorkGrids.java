package svasim.lesson.story;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.report.Seen;
import svasim.trace.Trace;

/** Work that devices have taken and not ended, as their observations tell it. */
final class WorkGrids {
    private static final List<String> COLUMNS = List.of("work", "queue", "PASID", "state");

    private final Trace trace;
    private final Map<String, Device> devices = new LinkedHashMap<>();

    /** What one device has. */
    private static final class Device {
        private final Grid grid;
        private final Map<String, List<String>> works = new LinkedHashMap<>();

        Device(String name) {
            grid = new Grid("work of " + name, COLUMNS, 0);
        }
    }

    WorkGrids(Trace trace) {
        this.trace = trace;
    }

    /**
     * Takes the next observation.
     *
     * @param step negative before the story begins
     */
    void see(int step, Seen seen) {
        switch (seen.kind()) {
            case WORK_ACCEPTED -> accepted(seen);
            case WORK_STARTED -> started(seen);
            case WORK_DONE -> of(seen).works.remove(Long.toString(seen.c()));
            default -> {
                return;
            }
        }
        if (step >= 0) {
            hold(step, of(seen));
        }
    }

    /** The story begins: what is there now was there before. */
    void begin() {
        devices.values().forEach(device -> hold(-1, device));
    }

    private static void hold(int step, Device device) {
        device.grid.hold(step, device.works);
    }

    /** Parts of a device have lanes of their own, named behind a dot. */
    private Device of(Seen seen) {
        return devices.computeIfAbsent(
                trace.laneName(seen.lane()).replaceFirst("\\..*", ""), Device::new);
    }

    private void accepted(Seen seen) {
        String work = Long.toString(seen.c());
        String queue = Long.toString(seen.b());
        of(seen).works.put(work, List.of(work, queue, pasid(seen), "waits"));
    }

    private void started(Seen seen) {
        String work = Long.toString(seen.c());
        List<String> before = of(seen).works.get(work);
        String queue = before == null ? "" : before.get(1);
        of(seen).works.put(work, List.of(work, queue, pasid(seen), "runs on engine " + seen.b()));
    }

    private static String pasid(Seen seen) {
        return seen.a() < 0 ? "none" : Long.toString(seen.a());
    }

    List<Grid> grids() {
        return devices.values().stream().map(device -> device.grid).toList();
    }
}
