package svasim.binding;

import java.util.Collection;
import java.util.Locale;

/** Names as files write them, and what a misspelt one may have meant. */
public final class Names {
    private static final int LETTERS_PER_ERROR = 3;

    private Names() {}

    /** {@code RoundRobin} and {@code ROUND_ROBIN} become {@code round-robin}. */
    public static String kebab(String name) {
        if (name.equals(name.toUpperCase(Locale.ROOT))) {
            return name.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** The name that is most like the given one, or null if none is like it. */
    public static String nearest(String given, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(1, given.length() / LETTERS_PER_ERROR) + 1;
        for (String name : known) {
            int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** What is known, and the nearest name as a question. */
    public static String remedy(String given, Collection<String> known) {
        if (known.isEmpty()) {
            return "there is none";
        }
        String list = "known: " + String.join(", ", known);
        String nearest = nearest(given, known);
        return nearest == null ? list : list + ". Did you mean \"" + nearest + "\"?";
    }

    /** Letters to insert, delete, replace or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cell(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cell(int[][] d, String a, String b, int i, int j) {
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
