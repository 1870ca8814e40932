package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import svasim.kernel.Kernel;

class DeadlinesTest {
    private static final long TIMEOUT_PS = 1000;
    private static final int TAGS = 100;

    private final Kernel kernel = new Kernel();
    private final List<String> expired = new ArrayList<>();
    private final Map<Integer, Long> running = new HashMap<>();
    private Deadlines deadlines;

    /** Against a map from tag to time. */
    @Property(tries = 300, seed = "1")
    void shouldExpireEveryTagThatIsNotEndedInTime(
            @ForAll @Size(max = 300) List<@IntRange(max = 400) Integer> steps) {
        deadlines = new Deadlines(kernel, TIMEOUT_PS, TAGS, this::expired);
        for (int step : steps) {
            int tag = step % TAGS;
            switch (step / TAGS) {
                case 0, 1 -> begin(tag);
                case 2 -> end(tag);
                default -> kernel.run(kernel.nowPs() + step % TAGS, Long.MAX_VALUE);
            }
        }
        List<String> wanted = new ArrayList<>(expired);
        running.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(e -> wanted.add(e.getKey() + "@" + e.getValue()));
        kernel.runUntilQuiet();

        assertEquals(wanted.stream().sorted().toList(), expired.stream().sorted().toList());
        assertEquals(Map.of(), running);
        assertEquals(Kernel.End.QUIET, kernel.runUntilQuiet());
    }

    private void begin(int tag) {
        if (!running.containsKey(tag)) {
            running.put(tag, kernel.nowPs() + TIMEOUT_PS);
            deadlines.begin(tag, kernel.nowPs());
        }
    }

    private void end(int tag) {
        if (running.remove(tag) != null) {
            deadlines.end(tag);
        }
    }

    private void expired(int tag, long nowPs) {
        assertEquals(running.remove(tag), nowPs, "tag " + tag);
        expired.add(tag + "@" + nowPs);
        deadlines.end(tag);
    }
}
