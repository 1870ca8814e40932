package svasim.validate;

import java.util.List;
import java.util.Map;

/**
 * What one scenario file is compared with.
 *
 * @param name of the file
 * @param sweep path of the key whose values the points are at; null without
 * @param sources where the numbers are from, by comparison
 */
public record Entry(
        String name,
        String title,
        String aim,
        String sweep,
        Map<String, String> sources,
        List<Point> points) {}
