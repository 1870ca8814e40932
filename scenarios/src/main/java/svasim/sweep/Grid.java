package svasim.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * The product of axes; the last axis turns fastest.
 *
 * @param variants variants of the file
 * @param axes by key
 * @param seeds of the runs
 */
record Grid(List<String> variants, List<Axis> axes, List<Long> seeds) {
    /** Points without their hash. */
    record Place(String variant, Map<String, String> keys, long seed) {}

    /** Points that differ in more than the seed; capped at the largest long. */
    long size() {
        long size = variants.size();
        for (Axis axis : axes) {
            long wide = Math.multiplyHigh(size, axis.values().size());
            size = wide != 0 ? Long.MAX_VALUE : size * axis.values().size();
            if (size < 0) {
                return Long.MAX_VALUE;
            }
        }
        return size;
    }

    /** Every point, with every seed. */
    List<Place> all() {
        List<Place> places = new ArrayList<>();
        for (long index = 0; index < size(); index++) {
            addAt(index, places);
        }
        return places;
    }

    /**
     * Some points, drawn without putting them back, in the order of the product; each with every
     * seed.
     *
     * @param samples how many; all of them if there are no more
     * @param seed of the draw: the same seed draws the same points
     */
    List<Place> sample(int samples, long seed) {
        if (samples >= size()) {
            return all();
        }
        SplittableRandom random = new SplittableRandom(seed);
        TreeSet<Long> drawn = new TreeSet<>();
        while (drawn.size() < samples) {
            drawn.add(random.nextLong(size()));
        }
        List<Place> places = new ArrayList<>();
        drawn.forEach(index -> addAt(index, places));
        return places;
    }

    private void addAt(long index, List<Place> places) {
        String[] values = new String[axes.size()];
        long rest = index;
        for (int i = axes.size() - 1; i >= 0; i--) {
            List<String> all = axes.get(i).values();
            values[i] = all.get((int) (rest % all.size()));
            rest /= all.size();
        }
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            keys.put(axes.get(i).key(), values[i]);
        }
        for (long seed : seeds) {
            places.add(new Place(variants.get((int) rest), keys, seed));
        }
    }
}
