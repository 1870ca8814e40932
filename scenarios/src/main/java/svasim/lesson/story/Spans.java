package svasim.lesson.story;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.pcie.tlp.Tlp;
import svasim.report.Seen;
import svasim.report.Subjects;

/**
 * What takes time: procedures of tasks, one within the other, and what begins with one observation
 * and ends with another.
 */
final class Spans {
    private static final int COST = 2;
    private static final int ARRIVES = 1;

    private record Span(
            int lane, long fromPs, long toPs, String name, int firstStep, int lastStep) {}

    /** A procedure that has not ended. */
    private static final class Open {
        private final String procedure;
        private final long fromPs;
        private final int firstStep;
        private long toPs;
        private int lastStep;

        Open(String procedure, long fromPs, int firstStep) {
            this.procedure = procedure;
            this.fromPs = fromPs;
            this.firstStep = firstStep;
        }
    }

    private final List<Span> spans = new ArrayList<>();
    private final Map<Integer, Deque<Open>> tasks = new HashMap<>();
    private final Map<String, Open> begun = new HashMap<>();

    /**
     * Takes the next observation.
     *
     * @param step negative before the story begins
     */
    void see(int step, Seen seen) {
        int lane = seen.lane();
        switch (seen.kind()) {
            case STEP -> step(step, lane, seen);
            case TASK_ENDED -> close(lane, null);
            case TLP_SENT -> flight(step, lane, seen);
            case WORK_ACCEPTED -> begin("work " + lane + " " + seen.c(), "work", step, seen);
            case WORK_DONE -> end("work " + lane + " " + seen.c(), lane, step, seen);
            case PAGE_REQUESTED -> begin(group(lane, seen.c()), "page request", step, seen);
            case PAGE_GROUP_ANSWERED -> end(group(lane, seen.b()), lane, step, seen);
            case INVALIDATION_SENT ->
                    begin("itag " + lane + " " + seen.c(), "device-TLB invalidation", step, seen);
            case INVALIDATION_COMPLETED, INVALIDATION_GIVEN_UP -> completed(step, lane, seen);
            case TRANSLATION_STARTED -> begin(request(lane, seen), "translation", step, seen);
            case TRANSLATED, TRANSLATION_FAULTED -> end(request(lane, seen), lane, step, seen);
            default -> {
                // Takes no time of its own.
            }
        }
    }

    private static String group(int lane, long index) {
        return "group " + lane + " " + index;
    }

    private static String request(int lane, Seen seen) {
        return "translation " + lane + " " + seen.a() + " " + seen.b();
    }

    private void step(int step, int lane, Seen seen) {
        String label = String.valueOf(seen.subject());
        int slash = label.indexOf('/');
        String procedure = slash < 0 ? label : label.substring(0, slash);
        Deque<Open> stack = tasks.computeIfAbsent(lane, l -> new ArrayDeque<>());
        if (stack.stream().anyMatch(open -> open.procedure.equals(procedure))) {
            close(lane, procedure);
        } else {
            stack.push(new Open(procedure, seen.timePs(), step));
        }
        long toPs = seen.timePs() + seen.field(COST);
        for (Open open : stack) {
            open.toPs = toPs;
            open.lastStep = step;
        }
    }

    /** Ends what runs within a procedure, or all of it. */
    private void close(int lane, String procedure) {
        Deque<Open> stack = tasks.getOrDefault(lane, new ArrayDeque<>());
        while (!stack.isEmpty() && !stack.peek().procedure.equals(procedure)) {
            Open open = stack.pop();
            add(span(lane, open));
        }
    }

    /** What has ended before the story begins is no part of it. */
    private void add(Span span) {
        if (span.lastStep >= 0) {
            spans.add(span);
        }
    }

    private static Span span(int lane, Open open) {
        return new Span(
                lane, open.fromPs, open.toPs, open.procedure, open.firstStep, open.lastStep);
    }

    private void flight(int step, int lane, Seen seen) {
        String name = seen.subject() instanceof Tlp tlp ? Subjects.kind(tlp) : "packet";
        add(new Span(lane, seen.timePs(), seen.field(ARRIVES), name, step, step));
    }

    private void completed(int step, int lane, Seen seen) {
        for (long tags = seen.b(); tags != 0; tags &= tags - 1) {
            int tag = Long.numberOfTrailingZeros(tags);
            end("itag " + lane + " " + tag, lane, step, seen);
        }
    }

    private void begin(String key, String name, int step, Seen seen) {
        begun.putIfAbsent(key, new Open(name, seen.timePs(), step));
    }

    private void end(String key, int lane, int step, Seen seen) {
        Open open = begun.remove(key);
        if (open != null) {
            open.toPs = seen.timePs();
            open.lastStep = step;
            add(span(lane, open));
        }
    }

    /** Ends what is still open. */
    void end() {
        tasks.keySet().stream().sorted().forEach(lane -> close(lane, null));
    }

    /**
     * What is shown.
     *
     * @param beginsPs when the story begins
     */
    List<Object> plain(Strings strings, Lanes lanes, long beginsPs) {
        return spans.stream()
                .sorted(
                        Comparator.comparingLong(Span::fromPs)
                                .thenComparing(Span::toPs, Comparator.reverseOrder())
                                .thenComparingInt(Span::firstStep))
                .map(span -> (Object) plain(span, strings, lanes, beginsPs))
                .toList();
    }

    private static List<Object> plain(Span span, Strings strings, Lanes lanes, long beginsPs) {
        return List.of(
                lanes.position(span.lane),
                Math.max(span.fromPs, beginsPs),
                span.toPs,
                strings.number(span.name),
                Math.max(span.firstStep, 0),
                span.lastStep);
    }
}
