package svasim.models.nic.config;

/** How the functions of a card share its wire. */
public enum Arbitration {
    /** Each sends a frame in turn, however long it is (round robin). */
    FRAMES,
    /** Each sends about as many bytes in turn (deficit round robin; Shreedhar, Varghese 1995). */
    BYTES
}
