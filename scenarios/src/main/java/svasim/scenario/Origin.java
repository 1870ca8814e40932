package svasim.scenario;

import svasim.binding.Place;

/**
 * One effective value and where it comes from.
 *
 * @param key path with dots
 * @param value as {@code effective.yaml} has it
 * @param place where it is given; null for a default
 * @param source what the profile says about it; empty if it says nothing, or it is not from there
 */
public record Origin(String key, String value, Place place, String source) {
    /** Whether a profile gave it. */
    public boolean fromProfile() {
        return place != null && Profiles.isProfile(place);
    }

    /** Who decided: a place in a file, the command line, or the program itself. */
    public String from() {
        if (place == null) {
            return "default";
        }
        return place.file().startsWith("--set")
                ? "--set"
                : place.file() + (place.line() == 0 ? "" : ":" + place.line());
    }
}
