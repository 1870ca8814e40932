package svasim.cpu;

/** What an inter-processor interrupt makes its core do. */
interface Interruption {
    /** The interrupt has reached the core. */
    void arrive(Core core);

    /** Whether the core leaves what it is doing for it. */
    boolean isTakenBySoftware();
}
