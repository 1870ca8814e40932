package svasim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import svasim.scenario.Origin;

/** Values with their keys, and a word about each, in columns. */
final class OriginTable {
    private static final int WIDEST_VALUE = 24;

    private OriginTable() {}

    static List<String> lines(List<Origin> origins, Function<Origin, String> about) {
        int keys = origins.stream().mapToInt(o -> o.key().length()).max().orElse(1);
        int values = origins.stream().mapToInt(o -> o.value().length()).max().orElse(1);
        String form = "%-" + keys + "s  %-" + Math.min(values, WIDEST_VALUE) + "s  %s";
        List<String> lines = new ArrayList<>();
        for (Origin origin : origins) {
            String line = String.format(form, origin.key(), origin.value(), about.apply(origin));
            lines.add(line.stripTrailing());
        }
        return lines;
    }
}
