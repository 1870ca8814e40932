package svasim.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import svasim.kernel.Choices;
import svasim.kernel.Site;

/** A run as its deviations from the plain run, in the order in which they happen. */
public record Schedule(List<Deviation> deviations) {
    /** The plain run. */
    public static final Schedule PLAIN = new Schedule(List.of());

    /** What stands for the plain run in a text. */
    private static final String NOTHING = "plain";

    private static final Pattern FORM = Pattern.compile("([^#=,\\s]+)#([0-9]{1,18})=([0-9]{1,9})");

    public Schedule {
        deviations = List.copyOf(deviations);
    }

    /**
     * Reads {@code site#occurrence=answer} with commas between.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Schedule parse(String text) {
        List<Deviation> deviations = new ArrayList<>();
        if (text.equals(NOTHING)) {
            return PLAIN;
        }
        for (String part : text.split(",")) {
            Matcher form = FORM.matcher(part.trim());
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "\"" + part.trim() + "\" is no choice; expected site#occurrence=answer");
            }
            deviations.add(
                    new Deviation(
                            form.group(1),
                            Long.parseLong(form.group(2)),
                            Integer.parseInt(form.group(3))));
        }
        return new Schedule(deviations);
    }

    /**
     * Answers as the schedule says, elsewhere as the plain run; answers that are too large wrap.
     */
    Choices choices() {
        Map<String, Integer> answers = new HashMap<>();
        deviations.forEach(d -> answers.put(key(d.site(), d.occurrence()), d.answer()));
        return (site, occurrence, options) ->
                answers.getOrDefault(key(site, occurrence), 0) % options;
    }

    private static String key(Site site, long occurrence) {
        return key(site.name(), occurrence);
    }

    private static String key(String site, long occurrence) {
        return site + "#" + occurrence;
    }

    @Override
    public String toString() {
        return deviations.isEmpty()
                ? NOTHING
                : deviations.stream().map(Deviation::toString).collect(Collectors.joining(","));
    }
}
