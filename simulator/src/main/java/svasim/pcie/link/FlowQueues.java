package svasim.pcie.link;

import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;

/**
 * Packets that wait at one place, a queue for each flow class, and the ordering rules among them
 * (PCI Express Base 5.0, 2.4.1; strict: RO and IDO permit more and need not be used). A posted
 * packet may pass what is not posted; nothing passes a posted packet; reads and completions may
 * pass each other when one of them is stuck.
 */
final class FlowQueues {
    /** No packet may go. */
    static final int NONE = -1;

    static final int POSTED = FlowClass.POSTED.ordinal();
    static final int NON_POSTED = FlowClass.NON_POSTED.ordinal();
    static final int COMPLETION = FlowClass.COMPLETION.ordinal();
    static final int FLOWS = FlowClass.values().length;

    private final TlpRing[] rings = new TlpRing[FLOWS];
    private long arrivals;

    FlowQueues() {
        for (int flow = 0; flow < FLOWS; flow++) {
            rings[flow] = new TlpRing();
        }
    }

    void add(Tlp tlp) {
        rings[tlp.flowClass().ordinal()].add(tlp, arrivals++);
    }

    int size(int flow) {
        return rings[flow].size();
    }

    boolean isEmpty() {
        return rings[0].size() + rings[1].size() + rings[2].size() == 0;
    }

    /** First packet of a flow class, which must have one. */
    Tlp first(int flow) {
        return rings[flow].first();
    }

    Tlp take(int flow) {
        return rings[flow].take();
    }

    /**
     * The flow class whose first packet goes next: the oldest of those that may.
     *
     * @param stuck bit i: packets of flow class i cannot go now
     * @return {@link #NONE} if none can
     */
    int next(int stuck) {
        long oldestPosted = rings[POSTED].firstNumber();
        int best = NONE;
        long bestNumber = Long.MAX_VALUE;
        for (int flow = 0; flow < FLOWS; flow++) {
            long number = rings[flow].firstNumber();
            boolean free = (stuck >>> flow & 1) == 0 && number <= oldestPosted;
            if (free && number < bestNumber) {
                best = flow;
                bestNumber = number;
            }
        }
        return best;
    }
}
