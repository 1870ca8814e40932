package svasim.pcie.link;

import java.util.ArrayList;
import java.util.List;

/** What the senders of a link may use now, pool by pool; those without limit are left out. */
public final class LinkCredits {
    private final Link link;
    private final List<Integer> atStart;

    /** The link has just been made. */
    public LinkCredits(Link link) {
        this.link = link;
        this.atStart = available();
    }

    /** Whether every credit that was used has come back. */
    public boolean areBack() {
        List<Integer> now = available();
        for (int pool = 0; pool < now.size(); pool++) {
            int given = atStart.get(pool);
            if (given != 0 && given != now.get(pool)) {
                return false;
            }
        }
        return true;
    }

    private List<Integer> available() {
        List<Integer> credits = new ArrayList<>();
        for (LinkPort port : List.of(link.upper(), link.lower())) {
            for (int flow = 0; flow < FlowQueues.FLOWS; flow++) {
                credits.add(port.availableHeaders(flow));
                credits.add(port.availableData(flow));
            }
        }
        return credits;
    }

    @Override
    public String toString() {
        return available() + " of " + atStart;
    }
}
