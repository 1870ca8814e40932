package svasim.pcie.link;

/** Hears of errors that one port of a link finds and mends. */
@FunctionalInterface
public interface LinkErrors {
    /** What was wrong. */
    enum Kind {
        /** A packet of the transaction layer arrived with a wrong bit. */
        BAD_TLP,
        /** A packet of the data link layer arrived with a wrong bit. */
        BAD_DLLP,
        /** No progress was made for too long: everything is sent again. */
        REPLAY_TIMEOUT,
        /** Sending again has not helped: the link is trained anew. */
        REPLAY_ROLLOVER
    }

    /** Nobody is interested. */
    LinkErrors IGNORED = (kind, nowPs) -> {};

    void found(Kind kind, long nowPs);
}
