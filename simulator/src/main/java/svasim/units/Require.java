package svasim.units;

import java.util.Collection;

/** Checks of configuration records; each names the component, so that a reader can point at it. */
public final class Require {
    private Require() {}

    /** A component whose value is of the right type but not allowed. */
    public static final class Violation extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String component;
        private final String expected;

        Violation(String component, Object found, String expected) {
            super(component + " is " + found + ", expected " + expected);
            this.component = component;
            this.expected = expected;
        }

        /** Name of the record component. */
        public String component() {
            return component;
        }

        public String expected() {
            return expected;
        }
    }

    public static void that(boolean holds, String component, Object found, String expected) {
        if (!holds) {
            throw new Violation(component, found, expected);
        }
    }

    public static void positive(String component, long value) {
        that(value > 0, component, value, "a positive number");
    }

    public static void range(String component, long value, long low, long high) {
        that(value >= low && value <= high, component, value, low + " to " + high);
    }

    public static void powerOfTwo(String component, long value) {
        that(value > 0 && Long.bitCount(value) == 1, component, value, "a power of two");
    }

    public static void oneOf(String component, Object value, Collection<?> allowed) {
        that(allowed.contains(value), component, value, "one of " + allowed);
    }
}
