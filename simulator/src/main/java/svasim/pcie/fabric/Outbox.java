package svasim.pcie.fabric;

import svasim.pcie.link.FlowQueues;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.Tlp;

/** Packets that wait for a link, which they leave for in the order that PCI Express prescribes. */
final class Outbox {
    private final FlowQueues waiting = new FlowQueues();
    private final TlpSink link;
    private final Left left;
    private boolean sending;
    private boolean again;

    /** Is told of each packet that has left. */
    @FunctionalInterface
    interface Left {
        /**
         * @param flow ordinal of the flow class
         */
        void left(int flow);
    }

    Outbox(TlpSink link, Left left) {
        this.link = link;
        this.left = left;
    }

    void add(Tlp tlp) {
        waiting.add(tlp);
    }

    /** Everything that waits is lost. */
    void clear() {
        waiting.clear();
    }

    /** Packets that have not left. */
    int size() {
        return waiting.size(0) + waiting.size(1) + waiting.size(2);
    }

    /**
     * Gives the link what it takes; it may call this from within.
     *
     * @return false if it was called from within, so that the outer call goes on
     */
    boolean send(long nowPs) {
        if (sending) {
            again = true;
            return false;
        }
        sending = true;
        do {
            again = false;
            sendOnce(nowPs);
        } while (again);
        sending = false;
        return true;
    }

    private void sendOnce(long nowPs) {
        int stuck = 0;
        int flow = waiting.next(stuck);
        while (flow != FlowQueues.NONE) {
            if (link.offer(waiting.first(flow), nowPs)) {
                waiting.take(flow);
                left.left(flow);
            } else {
                stuck |= 1 << flow;
            }
            flow = waiting.next(stuck);
        }
    }
}
