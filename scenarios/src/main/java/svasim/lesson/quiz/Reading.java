package svasim.lesson.quiz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import svasim.report.Listener;
import svasim.report.Seen;
import svasim.report.Sentences;
import svasim.report.SimpleView;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** The observations of a run by their step, from 0, with their sentences and causes. */
public final class Reading implements Listener {
    /** No such step. */
    public static final int NONE = -1;

    private final Trace trace;
    private final Sentences sentences;
    private final SimpleView view;
    private final int from;
    private final int limit;
    private int skipped;
    private final List<Seen> steps = new ArrayList<>();
    private final Map<Long, Integer> positions = new HashMap<>();
    private final Map<Integer, String> buffers = new HashMap<>();
    private final NavigableMap<Integer, String> simple = new TreeMap<>();

    /**
     * @param limit steps that are read at most
     */
    public Reading(Trace trace, Sentences sentences, int limit) {
        this(trace, sentences, 0, limit);
    }

    /**
     * @param from step of the run that is the first to be read
     * @param limit steps that are read at most
     */
    public Reading(Trace trace, Sentences sentences, int from, int limit) {
        this.from = from;
        this.trace = trace;
        this.sentences = sentences;
        this.view = new SimpleView(sentences);
        this.limit = limit;
    }

    @Override
    public boolean wants(Kind kind) {
        return true;
    }

    @Override
    public void on(Seen seen) {
        if (skipped < from) {
            skipped++;
            view.pass(seen);
            return;
        }
        if (steps.size() == limit) {
            return;
        }
        positions.put(seen.id(), steps.size());
        String told = view.tell(seen);
        if (told != null) {
            simple.put(steps.size(), told);
        }
        boolean ofAtc = Pages.isLookUp(seen.kind()) || seen.kind() == Kind.ATC_FILLED;
        String buffer = ofAtc ? view.buffer(seen) : null;
        if (buffer != null) {
            buffers.put(steps.size(), buffer);
        }
        steps.add(seen);
    }

    /** Name of the buffer that a step of an ATC is about, or null. */
    String buffer(int step) {
        return buffers.get(step);
    }

    /** Whether nothing has happened before the first step. */
    boolean isFromStart() {
        return from == 0;
    }

    public int size() {
        return steps.size();
    }

    public Seen at(int step) {
        return steps.get(step);
    }

    public Kind kind(int step) {
        return steps.get(step).kind();
    }

    public String lane(int step) {
        return trace.laneName(steps.get(step).lane());
    }

    /** Steps that the simple view shows, in their order. */
    public NavigableSet<Integer> simple() {
        return simple.navigableKeySet();
    }

    /** What the simple view says of a step, or would if it showed it; else its full sentence. */
    public String tell(int step) {
        String told = simple.get(step);
        String plain = told == null ? sentences.simple(at(step)) : told;
        return plain == null ? sentence(full(step)) : plain;
    }

    private static String sentence(String text) {
        return text.endsWith(".")
                ? text
                : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    public String full(int step) {
        return sentences.full(at(step));
    }

    /** Of a cause, why it made something happen: a phrase for behind "because". */
    public String why(int cause) {
        return sentences.why(at(cause));
    }

    /** Step of the cause, or {@link #NONE}. */
    public int cause(int step) {
        return positions.getOrDefault(at(step).cause(), NONE);
    }

    /** The nearest step that led to a step and fits, or {@link #NONE}. */
    public int nearest(int step, IntPredicate fits) {
        int at = cause(step);
        while (at != NONE && !fits.test(at)) {
            at = cause(at);
        }
        return at;
    }

    /** All steps that led to a step. */
    Set<Integer> ancestors(int step) {
        Set<Integer> ancestors = new HashSet<>();
        for (int at = cause(step); at != NONE; at = cause(at)) {
            ancestors.add(at);
        }
        return ancestors;
    }

    /** Whether one step led to another. */
    boolean leads(int from, int to) {
        int at = to;
        while (at > from) {
            at = cause(at);
        }
        return at == from;
    }

    /** The first step from one on that fits, or {@link #NONE}. */
    int first(int from, IntPredicate fits) {
        for (int step = from; step < size(); step++) {
            if (fits.test(step)) {
                return step;
            }
        }
        return NONE;
    }

    /** All steps that fit. */
    List<Integer> all(IntPredicate fits) {
        List<Integer> all = new ArrayList<>();
        for (int step = 0; step < size(); step++) {
            if (fits.test(step)) {
                all.add(step);
            }
        }
        return all;
    }

    /** All steps of a kind. */
    List<Integer> all(Kind kind) {
        return all(step -> kind(step) == kind);
    }
}
