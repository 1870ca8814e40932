package svasim.os.task;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which tasks wait for what, and who has it, for reports of runs that come to rest too early. */
public final class WaitReport {
    private final List<Task> tasks;

    /** By the variables of their calls. */
    private final Map<Object, Task> byFrame = new IdentityHashMap<>();

    private WaitReport(List<Task> tasks) {
        this.tasks = tasks;
        for (Task task : tasks) {
            task.frames().forEach(frame -> byFrame.putIfAbsent(frame, task));
        }
    }

    /** One line for each task that waits; kernel threads without work are left out. */
    public static List<String> lines(List<Task> tasks) {
        return new WaitReport(tasks).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Task task : tasks) {
            boolean idle = task.priority() != Priority.USER && task.isAtRest();
            if (task.waitsFor() != null && !idle) {
                lines.add(task.name() + " waits for " + task.waitsFor() + owners(task));
            }
            if (task.polls() != null) {
                lines.add(task.name() + " tries again and again: " + task.polls());
            }
        }
        return lines;
    }

    private String owners(Task task) {
        List<Object> owners = task.waitsForOwners();
        if (owners.isEmpty()) {
            return "";
        }
        return owners.stream().map(this::name).collect(Collectors.joining(", ", ", held by ", ""));
    }

    /** A call that has ended without giving back what it has is nobody's any more. */
    private String name(Object owner) {
        Task task = byFrame.get(owner);
        return task == null ? "a call that has ended" : task.name();
    }
}
