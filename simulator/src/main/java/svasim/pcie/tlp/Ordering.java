package svasim.pcie.tlp;

/**
 * Which packet may overtake which (PCI Express Base 5.0, 2.4.1, table 2-40), one cell of the table
 * for each pair. The rules hold within one traffic class. A completion does not say what it
 * answers, so that the freedom of completions of I/O and configuration writes is not used.
 */
public enum Ordering {
    /** The later packet has to stay behind. */
    MUST_NOT_PASS,
    /** Either order is right. */
    MAY_PASS,
    /** The later packet has to get past one that is stuck, or the fabric can lock up. */
    MUST_BE_ABLE_TO_PASS;

    /** The cell of the table for two packets that want the same way. */
    public static Ordering of(Tlp later, Tlp earlier) {
        if (later.attributes().trafficClass() != earlier.attributes().trafficClass()) {
            return MAY_PASS;
        }
        return switch (earlier.flowClass()) {
            case POSTED -> behindPosted(later, earlier);
            case NON_POSTED ->
                    later.flowClass() == FlowClass.NON_POSTED ? MAY_PASS : MUST_BE_ABLE_TO_PASS;
            case COMPLETION -> sameTransaction(later, earlier) ? MUST_NOT_PASS : MAY_PASS;
        };
    }

    /** Whether the later packet is allowed to go first. */
    public static boolean mayPass(Tlp later, Tlp earlier) {
        return of(later, earlier) != MUST_NOT_PASS;
    }

    private static Ordering behindPosted(Tlp later, Tlp earlier) {
        Attributes attributes = later.attributes();
        boolean relaxed = attributes.relaxedOrdering() && !isRead(later);
        boolean free = relaxed || attributes.idBasedOrdering() && differentStreams(later, earlier);
        return free ? MAY_PASS : MUST_NOT_PASS;
    }

    /** A read pushes what was written before it, however relaxed it is. */
    private static boolean isRead(Tlp tlp) {
        return tlp.flowClass() == FlowClass.NON_POSTED && tlp.payloadBytes() == 0;
    }

    private static boolean differentStreams(Tlp later, Tlp earlier) {
        boolean differentProcesses =
                later.pasid() != null
                        && earlier.pasid() != null
                        && later.pasid().pasid() != earlier.pasid().pasid();
        return later.senderId() != earlier.senderId() || differentProcesses;
    }

    private static boolean sameTransaction(Tlp later, Tlp earlier) {
        return later instanceof Tlp.Completion one
                && earlier instanceof Tlp.Completion other
                && one.requesterId() == other.requesterId()
                && one.tag() == other.tag();
    }
}
