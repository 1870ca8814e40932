package svasim.os.reference;

import svasim.trace.Kind;
import svasim.trace.Trace;

/** Numbers the objects of a run and tells the trace which of them hold which. */
public final class References {
    private final Trace trace;
    private final int lane;
    private long lastId;

    public References(Trace trace) {
        this.trace = trace;
        this.lane = trace.lane("references");
    }

    /** A new object, not yet held by anything. */
    public Node node(String name) {
        return new Node(++lastId, name);
    }

    /** From now on {@code from} keeps {@code to} alive. */
    public void hold(Node from, Node to) {
        tell(Kind.REFERENCE_ADDED, from, to);
    }

    /** {@code from} does not keep {@code to} alive any more. */
    public void release(Node from, Node to) {
        tell(Kind.REFERENCE_REMOVED, from, to);
    }

    /** The object is gone; whoever looks at it from now on looks at something else. */
    public void freed(Node object) {
        tell(Kind.OBJECT_FREED, object);
    }

    /** Somebody reads or writes the object. */
    public void used(Node object) {
        tell(Kind.OBJECT_USED, object);
    }

    private void tell(Kind kind, Node object) {
        if (trace.wants(kind)) {
            trace.tell(kind, lane, object.id(), 0, 0, object.name());
        }
    }

    private void tell(Kind kind, Node from, Node to) {
        if (trace.wants(kind)) {
            trace.tell(kind, lane, from.id(), to.id(), 0, from.name() + " -> " + to.name());
        }
    }
}
