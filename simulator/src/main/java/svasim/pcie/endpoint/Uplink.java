package svasim.pcie.endpoint;

import java.util.ArrayDeque;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Tlp;

/** The way up from a function. Messages wait here for room; requests wait with their accesses. */
final class Uplink {
    private final TlpSink link;
    private final Capabilities capabilities;
    private final ArrayDeque<Tlp> messages = new ArrayDeque<>();
    private boolean closed;

    Uplink(TlpSink link, Capabilities capabilities) {
        this.link = link;
        this.capabilities = capabilities;
    }

    /** Sends a request if there is room for it behind the messages that wait. */
    boolean offer(Tlp tlp, long nowPs) {
        if (closed) {
            return true;
        }
        check(tlp);
        return messages.isEmpty() && link.offer(tlp, nowPs);
    }

    /** Sends a message or an interrupt, however long it has to wait. */
    void message(Tlp tlp, long nowPs) {
        if (!closed) {
            check(tlp);
            unchecked(tlp, nowPs);
        }
    }

    /** Sends what may break the rules, else as {@link #message}. */
    void unchecked(Tlp tlp, long nowPs) {
        if (!closed) {
            messages.add(tlp);
            ready(nowPs);
        }
    }

    /** The link has room again. */
    void ready(long nowPs) {
        // Taken out before it is offered: the link may call back when it has taken the packet.
        for (Tlp tlp = messages.poll(); tlp != null; tlp = messages.poll()) {
            if (!link.offer(tlp, nowPs)) {
                messages.addFirst(tlp);
                return;
            }
        }
    }

    /** The function is gone: nothing leaves any more. */
    void close() {
        closed = true;
    }

    /** The function is there again. */
    void open() {
        closed = false;
    }

    void reset() {
        messages.clear();
    }

    private void check(Tlp tlp) {
        if (!capabilities.permits(tlp.pasid())) {
            throw new IllegalStateException("PASID sent while the capability is off: " + tlp);
        }
    }
}
