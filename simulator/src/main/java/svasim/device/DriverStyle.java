package svasim.device;

/** When a driver stops its device and unbinds (reference of the life of a PASID, 2.11). */
public enum DriverStyle {
    /** The file holds the bond: its release stops the device, waits for it, and unbinds. */
    I915,
    /**
     * An object of the process holds the bond. Closing the file stops nothing; the release of the
     * address space does, and waits; what is left is cleaned up by a worker.
     */
    AMDKFD,
    /**
     * As {@link #I915}, with a queue for each file that is started before it takes work, and can be
     * mapped once.
     */
    UACCE,
    /** The file holds the bond, but its release unbinds a device that nobody has stopped. */
    UIO
}
