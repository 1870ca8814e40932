package svasim.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import svasim.kernel.Site;

/** A run as its deviations from the plain run, in the order in which they happen. */
public record Schedule(List<Deviation> deviations) {
    /** The plain run. */
    public static final Schedule PLAIN = new Schedule(List.of());

    /** What stands for the plain run in a text. */
    private static final String NOTHING = "plain";

    private static final Pattern FORM =
            Pattern.compile("([^@#=,\\s]+)@([^#=,]+)#([0-9]{1,18})=([0-9]{1,9})");

    public Schedule {
        deviations = List.copyOf(deviations);
    }

    /**
     * Reads {@code site@lane#occurrence=answer} with commas between.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Schedule parse(String text) {
        if (text.equals(NOTHING)) {
            return PLAIN;
        }
        List<Deviation> deviations = new ArrayList<>();
        for (String part : text.split(",")) {
            Matcher form = FORM.matcher(part.trim());
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "\""
                                + part.trim()
                                + "\" is no choice; expected site@lane#occurrence=answer");
            }
            Place place = place(form);
            deviations.add(new Deviation(place, Integer.parseInt(form.group(4))));
        }
        return new Schedule(deviations);
    }

    private static Place place(Matcher form) {
        long occurrence = Long.parseLong(form.group(3));
        return new Place(new Source(new Site(form.group(1)), form.group(2)), occurrence);
    }

    /**
     * Answers as the schedule says, elsewhere as the plain run; answers that are too large wrap.
     */
    Answers answers() {
        Map<Source, Map<Long, Integer>> answers = new HashMap<>();
        for (Deviation deviation : deviations) {
            Place place = deviation.place();
            answers.computeIfAbsent(place.source(), source -> new HashMap<>())
                    .put(place.occurrence(), deviation.answer());
        }
        return (source, occurrence, options) ->
                answers.getOrDefault(source, Map.of()).getOrDefault(occurrence, 0) % options;
    }

    @Override
    public String toString() {
        return deviations.isEmpty()
                ? NOTHING
                : deviations.stream().map(Deviation::toString).collect(Collectors.joining(","));
    }
}
