package svasim.lesson.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.trace.Trace;

/** The lanes on which something happens, in groups; the trace's numbers become positions. */
final class Lanes {
    private static final String KERNEL = "kernel";
    private static final String PROCESS = "process";

    private final Trace trace;
    private final Systems systems;
    private final List<String> devices;
    private final List<String> units;
    private final Map<Integer, Integer> positions = new LinkedHashMap<>();
    private final Map<Integer, String> tasks = new HashMap<>();

    /**
     * @param devices names of devices
     * @param units names of IOMMUs
     */
    Lanes(Trace trace, Systems systems, List<String> devices, List<String> units) {
        this.trace = trace;
        this.systems = systems;
        this.devices = devices;
        this.units = units;
    }

    /** Position of a lane of the trace. */
    int position(int lane) {
        return positions.computeIfAbsent(lane, l -> positions.size());
    }

    /** A task starts; one of a process is not the kernel's. */
    void task(int lane, boolean ofProcess) {
        tasks.put(lane, ofProcess ? PROCESS : KERNEL);
    }

    List<Map<String, Object>> plain() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int lane : positions.keySet()) {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("name", trace.laneName(lane));
            plain.put("group", group(lane));
            all.add(plain);
        }
        return all;
    }

    private String group(int lane) {
        String task = tasks.get(lane);
        if (task != null) {
            return task;
        }
        String name = systems.name(lane);
        if (name.equals("checker")) {
            return "check";
        }
        if (name.matches("core\\d+")) {
            return "cpu";
        }
        if (units.contains(name)) {
            return "iommu";
        }
        if (name.endsWith(".up") || name.endsWith(".down") || name.matches("rc\\d+")) {
            return "link";
        }
        String first = name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.'));
        return devices.contains(first) ? "device" : KERNEL;
    }
}
