package svasim.pcie.fabric;

import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpSize;

/** What the sender knows of the free buffer at the receiver, in header and data credits. */
final class Credits {
    private static final int COMPLETION = FlowClass.COMPLETION.ordinal();

    private final int[] headers;
    private final int[] data;

    Credits(CreditConfig config) {
        headers = new int[] {config.postedHeaders(), config.nonPostedHeaders(), 0};
        data = new int[] {config.postedData(), config.nonPostedData(), 0};
    }

    boolean cover(Tlp tlp) {
        int flow = tlp.flowClass().ordinal();
        return flow == COMPLETION || headers[flow] > 0 && data[flow] >= TlpSize.dataCredits(tlp);
    }

    void take(Tlp tlp) {
        change(tlp, -1);
    }

    /** Whether the receiver has to give credits back for the flow class at all. */
    static boolean counted(int flow) {
        return flow != COMPLETION;
    }

    void give(int flow, int dataCredits) {
        headers[flow]++;
        data[flow] += dataCredits;
    }

    private void change(Tlp tlp, int sign) {
        int flow = tlp.flowClass().ordinal();
        headers[flow] += sign;
        data[flow] += sign * TlpSize.dataCredits(tlp);
    }
}
