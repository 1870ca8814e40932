package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.trace.Kind;

/** I-46, for work queues: a worker that waits for its own queue waits for itself. */
final class NoWaitCycle extends Rule {
    private static final String FLUSH = "flush of ";
    private static final String WORKER = "kworker/";

    private final Map<Long, String> tasks = new HashMap<>();

    NoWaitCycle() {
        super(
                "I-46",
                "No worker waits for the work of its own queue.",
                Kind.TASK_STARTED,
                Kind.TASK_WAITS);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        String words = String.valueOf(seen.subject());
        if (seen.kind() == Kind.TASK_STARTED) {
            tasks.put(seen.a(), words);
        } else if (words.startsWith(FLUSH)) {
            String task = tasks.getOrDefault(seen.a(), "");
            String own = WORKER + words.substring(FLUSH.length());
            if (task.equals(own) || task.startsWith(own + ":")) {
                docket.broken(this, Finding.of(task + " waits for the " + words));
            }
        }
    }
}
