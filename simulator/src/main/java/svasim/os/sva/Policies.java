package svasim.os.sva;

import java.util.List;
import java.util.function.BiFunction;
import svasim.os.sva.PasidConfig.Order;
import svasim.os.sva.PasidConfig.Space;
import svasim.os.task.Platform;

/** The lifetime policies that a scenario can choose, by name. */
public final class Policies {
    /** The policy of a system that does not choose one. */
    public static final String DEFAULT = "linux-7.1";

    private static final List<Policy> ALL =
            List.of(
                    new Policy(
                            "amd-pin",
                            "AMD's IOMMU driver of 2011: bonds hold mm_users and end with the"
                                    + " thread that bound",
                            Space.DEVICE,
                            Order.LOWEST,
                            AmdPin::new),
                    new Policy(
                            "amd-release",
                            "AMD's IOMMU driver of 2012 to 2023: the end of the address space"
                                    + " calls the device driver and waits for it",
                            Space.DEVICE,
                            Order.CYCLIC,
                            AmdRelease::new),
                    new Policy(
                            "intel-pin",
                            "VT-d driver of 2015: numbers per IOMMU, bonds hold mm_users and so"
                                    + " keep the address space alive until unbind",
                            Space.IOMMU,
                            Order.LOWEST,
                            IntelPin::new),
                    new Policy(
                            "intel-clear",
                            "VT-d driver of 2016: bonds hold mm_count, the end of the address"
                                    + " space clears the entry, the driver unbinds later",
                            Space.IOMMU,
                            Order.LOWEST,
                            IntelClear::new),
                    new Policy(
                            "process-rfc",
                            "iommu_process of 2017: a number per thread that binds, drivers are"
                                    + " told of the end under a spinlock",
                            Space.SYSTEM,
                            Order.CYCLIC,
                            ProcessRfc::new),
                    new Policy(
                            "sva-ops",
                            "API of 2017 to 2020: the driver's mm_exit may sleep in the release"
                                    + " of the address space",
                            Space.SYSTEM,
                            Order.LOWEST,
                            SvaOps::new),
                    new Policy(
                            "x86-exit",
                            "x86 proposal of 2020: every thread gets the number by interrupts; it is"
                                    + " freed with the process, without counting who uses it",
                            Space.SYSTEM,
                            Order.LOWEST,
                            X86Exit::new),
                    new Policy(
                            "x86-mm",
                            "Linux 5.18: the number belongs to the mm and is freed with its"
                                    + " struct",
                            Space.SYSTEM,
                            Order.LOWEST,
                            X86Mm::new),
                    new Policy(
                            "ioasid-ref",
                            "IOASIDs of 2020: cores, devices and IOMMU hold references on the"
                                    + " number, and are told when it is freed",
                            Space.SYSTEM,
                            Order.LOWEST,
                            IoasidRef::new),
                    new Policy(
                            DEFAULT,
                            "Linux 7.1: one PASID per mm, system-wide, bonds hold mm_count;"
                                    + " release cuts, unbind drains, the number lives until"
                                    + " __mmdrop",
                            Space.SYSTEM,
                            Order.LOWEST,
                            Linux71::new));

    private Policies() {}

    /**
     * A policy.
     *
     * @param summary one line for lists
     * @param space who has numbers of its own, unless a system chooses otherwise
     * @param order which of the free numbers is given, unless a system chooses otherwise
     */
    public record Policy(
            String name,
            String summary,
            Space space,
            Order order,
            BiFunction<Platform, PasidLives, SvaPolicy> maker) {
        SvaPolicy make(Platform platform, PasidLives lives) {
            return maker.apply(platform, lives);
        }

        /** How numbers are given where a system does not choose otherwise. */
        public PasidConfig numbers(PasidConfig chosen) {
            return chosen.orElse(space, order);
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
