package svasim.os.sva;

import java.util.List;
import java.util.function.BiFunction;
import svasim.os.task.Platform;

/** The lifetime policies that a scenario can choose, by name. */
public final class Policies {
    /** The policy of a system that does not choose one. */
    public static final String DEFAULT = "linux-7.1";

    private static final List<Policy> ALL =
            List.of(
                    new Policy(
                            DEFAULT,
                            "Linux 7.1: one PASID per mm, system-wide, bonds hold mm_count;"
                                    + " release cuts, unbind drains, the number lives until"
                                    + " __mmdrop",
                            Linux71::new),
                    new Policy(
                            "intel-pin",
                            "VT-d driver of 2015: numbers per IOMMU, bonds hold mm_users and so"
                                    + " keep the address space alive until unbind",
                            IntelPin::new));

    private Policies() {}

    /**
     * A policy.
     *
     * @param summary one line for lists
     */
    public record Policy(
            String name, String summary, BiFunction<Platform, PasidLives, SvaPolicy> maker) {
        SvaPolicy make(Platform platform, PasidLives lives) {
            return maker.apply(platform, lives);
        }
    }

    public static List<Policy> all() {
        return ALL;
    }

    /**
     * @throws IllegalArgumentException if there is no such policy
     */
    public static Policy named(String name) {
        return ALL.stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no policy \"" + name + "\""));
    }
}
