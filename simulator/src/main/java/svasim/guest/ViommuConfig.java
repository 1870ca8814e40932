package svasim.guest;

import svasim.units.Picoseconds;

/**
 * The IOMMU that a guest sees.
 *
 * @param mode how the tables of the guest come to be used
 * @param command time that the monitor needs for a command of the guest's driver, besides what the
 *     machine's IOMMU has to do for it
 * @source mode: nested if the guest has a device and the machine an IOMMU that can nest, else none
 * @source command: assumed
 */
public record ViommuConfig(Mode mode, Picoseconds command) {
    /** How the tables of a guest come to be used by the IOMMU of the machine. */
    public enum Mode {
        /** The guest sees no IOMMU: its devices use its physical addresses. */
        NONE,
        /** The machine's IOMMU walks the guest's tables, and below them those of the host. */
        NESTED,
        /**
         * The guest says that it changed a table by an invalidation, also where nothing was mapped
         * before; the monitor then copies the tables (VT-d caching mode).
         */
        CACHING
    }

    public ViommuConfig {
        command = command == null ? Picoseconds.ofNanos(1_000) : command;
    }

    /** Every default; the mode is still open. */
    public static ViommuConfig defaults() {
        return new ViommuConfig(null, null);
    }
}
