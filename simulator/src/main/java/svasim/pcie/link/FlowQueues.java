package svasim.pcie.link;

import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Ordering;
import svasim.pcie.tlp.Tlp;

/**
 * Packets that wait at one place, a queue for each flow class. The first of a queue passes those of
 * the other queues as {@link Ordering} permits; within its own queue nobody passes anybody.
 */
public final class FlowQueues {
    /** No packet may go. */
    public static final int NONE = -1;

    static final int POSTED = FlowClass.POSTED.ordinal();
    static final int NON_POSTED = FlowClass.NON_POSTED.ordinal();
    static final int COMPLETION = FlowClass.COMPLETION.ordinal();
    public static final int FLOWS = FlowClass.values().length;

    private final TlpRing[] rings = new TlpRing[FLOWS];
    private long arrivals;

    public FlowQueues() {
        for (int flow = 0; flow < FLOWS; flow++) {
            rings[flow] = new TlpRing();
        }
    }

    public void add(Tlp tlp) {
        add(tlp.flowClass().ordinal(), tlp);
    }

    /** Adds a packet whose flow class is known. */
    void add(int flow, Tlp tlp) {
        rings[flow].add(tlp, arrivals++);
    }

    public int size(int flow) {
        return rings[flow].size();
    }

    public boolean isEmpty() {
        return rings[0].size() + rings[1].size() + rings[2].size() == 0;
    }

    /** First packet of a flow class, which must have one. */
    public Tlp first(int flow) {
        return rings[flow].first();
    }

    public Tlp take(int flow) {
        return rings[flow].take();
    }

    /** Forgets every packet. */
    public void clear() {
        for (TlpRing ring : rings) {
            ring.clear();
        }
    }

    /**
     * The flow class whose first packet goes next: the oldest of those that may.
     *
     * @param stuck bit i: packets of flow class i cannot go now
     * @return {@link #NONE} if none can
     */
    public int next(int stuck) {
        int best = NONE;
        long bestNumber = Long.MAX_VALUE;
        for (int flow = 0; flow < FLOWS; flow++) {
            long number = rings[flow].firstNumber();
            boolean free = (stuck >>> flow & 1) == 0 && number < bestNumber;
            if (free && (flow == POSTED || passesPosted(rings[flow].first(), number))) {
                best = flow;
                bestNumber = number;
            }
        }
        return best;
    }

    private boolean passesPosted(Tlp tlp, long number) {
        TlpRing posted = rings[POSTED];
        for (int i = 0; i < posted.size() && posted.number(i) < number; i++) {
            if (!Ordering.mayPass(tlp, posted.get(i))) {
                return false;
            }
        }
        return true;
    }
}
