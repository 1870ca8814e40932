package svasim.os.sva;

/** What the users of a number are told, once for each change of its state (reference 2.9). */
public enum PasidEvent {
    /** The set has it. */
    ALLOC,
    /** A device can translate with it, and none could before. */
    BIND,
    /** No device can translate with it any more. */
    UNBIND,
    /** Its owner has given it up: whoever holds it lets it go. */
    FREE
}
