package svasim.report;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import svasim.binding.InvalidInput;
import svasim.binding.Names;
import svasim.binding.Place;

/** Statistics that a user has named. */
public final class Selection {
    private Selection() {}

    /**
     * @param option where the user has named them, for messages
     * @param names each with or without its part
     * @param known statistics with their parts
     * @throws InvalidInput if one of the names is of none of them
     */
    public static Set<String> of(
            String option, Collection<String> names, Collection<String> known) {
        Set<String> wanted = new LinkedHashSet<>();
        for (String name : names) {
            List<String> some = known.stream().filter(s -> StatisticAt.matches(s, name)).toList();
            if (some.isEmpty()) {
                Set<String> whole = new TreeSet<>();
                known.forEach(statistic -> whole.add(statistic.replaceFirst("/.*", "")));
                throw new InvalidInput(
                        Place.whole(option),
                        "",
                        "no result has \"" + name + "\"",
                        Names.remedy(name, whole));
            }
            wanted.addAll(some);
        }
        return wanted;
    }
}
