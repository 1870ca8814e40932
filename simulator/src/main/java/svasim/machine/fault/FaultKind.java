package svasim.machine.fault;

import svasim.pcie.fabric.Tampering.Effect;

/** What can go wrong. */
public enum FaultKind {
    /** A packet is answered with status UR, or dropped if it is posted. */
    UNSUPPORTED_REQUEST(Effect.REFUSE),
    /** A packet is answered with status CA, or dropped if it is posted. */
    COMPLETER_ABORT(Effect.ABORT),
    /** A packet vanishes: who waits for an answer waits until its time-out. */
    LOST(Effect.LOSE),
    /** The data of a packet is marked as wrong. */
    POISONED(Effect.POISON),
    /** A packet arrives malformed. */
    MALFORMED(Effect.MALFORM),
    /** Bits on a link are received wrongly. */
    BIT_ERRORS(null),
    /** The device is pulled out, or its link dies. */
    SURPRISE_REMOVAL(null),
    /** Somebody starts a Function Level Reset behind the back of the operating system. */
    FUNCTION_LEVEL_RESET(null),
    /** Somebody resets the bus behind a port behind the back of the operating system. */
    HOT_RESET(null),
    /** The device takes invalidations and never completes them. */
    NO_INVALIDATION_COMPLETION(null),
    /** A process gets SIGKILL from outside of the machine. */
    KILL(null),
    /** The host moves memory of a guest to other frames; nothing that is wrong by itself. */
    MOVE_MEMORY(null);

    private final Effect effect;

    FaultKind(Effect effect) {
        this.effect = effect;
    }

    /** What packets suffer; null if it is not about packets. */
    Effect effect() {
        return effect;
    }

    /** Whether it needs a link that is not inside the root complex. */
    public boolean needsLink() {
        return this == BIT_ERRORS || this == SURPRISE_REMOVAL || this == HOT_RESET;
    }

    /** Whether it is about one function and not about a link. */
    public boolean needsDevice() {
        return this == FUNCTION_LEVEL_RESET || this == NO_INVALIDATION_COMPLETION;
    }

    /** Whether it happens to a process and not to hardware. */
    public boolean needsProcess() {
        return this == KILL || this == MOVE_MEMORY;
    }
}
