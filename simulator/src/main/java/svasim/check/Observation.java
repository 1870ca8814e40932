package svasim.check;

import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * One observation of the trace; fields as in {@link svasim.trace.TraceListener#on}. The checker has
 * a few of them and uses them again and again: an invariant may look at one while it is called, and
 * keeps what it needs of it, or a {@link #copy}.
 */
public final class Observation {
    private long id;
    private long cause;
    private long timePs;
    private Kind kind;
    private int lane;
    private long a;
    private long b;
    private long c;
    private Object subject;

    /** Takes over what happened now. */
    void set(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        this.id = id;
        this.cause = cause;
        this.timePs = timePs;
        this.kind = kind;
        this.lane = lane;
        this.a = a;
        this.b = b;
        this.c = c;
        this.subject = subject;
    }

    /** One that stays as it is. */
    Observation copy() {
        Observation copy = new Observation();
        copy.set(id, cause, timePs, kind, lane, a, b, c, subject);
        return copy;
    }

    public long id() {
        return id;
    }

    public long cause() {
        return cause;
    }

    public long timePs() {
        return timePs;
    }

    public Kind kind() {
        return kind;
    }

    public int lane() {
        return lane;
    }

    public long a() {
        return a;
    }

    public long b() {
        return b;
    }

    public long c() {
        return c;
    }

    public Object subject() {
        return subject;
    }

    /** Whether it is about a request that brings its translation: the unit translates nothing. */
    boolean bringsTranslation() {
        return subject instanceof Tlp.MemoryRequest memory
                && memory.addressType() == AddressType.TRANSLATED;
    }

    /** Whether it is a TLP that a switch sends on: it has been seen when its sender sent it. */
    boolean isForwarded() {
        return kind == Kind.TLP_SENT && c != 0;
    }
}
