package svasim.os.sva;

/** A number that somebody wants of a set, and what becomes of that. */
public final class PasidAllocation {
    private final int limit;
    private SetPasid number;
    private String refusal;

    /**
     * @param limit first number that is too wide for whoever is going to use it
     */
    public PasidAllocation(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** The number; null if it was refused. */
    public SetPasid number() {
        return number;
    }

    /** Why there is none, or null. */
    public String refusal() {
        return refusal;
    }

    void granted(SetPasid granted) {
        number = granted;
    }

    void refused(String reason) {
        refusal = reason;
    }
}
