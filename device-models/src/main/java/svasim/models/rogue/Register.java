package svasim.models.rogue;

/** Registers of BAR 0, 8 bytes each; what an attack needs is written before {@link #ATTACK}. */
enum Register {
    PASID,
    /** Written by the driver, which believes that it stops the function. */
    STOP,
    /** 1 for an attack that writes. */
    WRITES,
    BUFFER,
    BYTES,
    FROM,
    SIZE,
    /** Requester ID, or {@link #OWN}. */
    REQUESTER,
    COUNT,
    /** Begins an attack. */
    ATTACK,
    /** 0 while an attack is under way, else the outcome's ordinal and one. */
    STATUS,
    /** Bytes that were read or written. */
    DONE;

    static final long OWN = -1;
    static final long BUSY = 0;

    int offset() {
        return ordinal() * Long.BYTES;
    }
}
