package svasim.pcie.link;

import java.util.List;
import svasim.units.Require;

/**
 * Buffer that the receiver at each end of a link offers to the other, in flow-control credits: one
 * header credit a packet, one data credit for each 16 bytes begun (PCI Express Base 5.0, 2.6.1).
 * Absent keys take the values of a common simulated port (cocotbext-pcie); completions are not held
 * back, since whoever sends a read has room for the answer.
 *
 * @param postedHeaders header credits for posted requests: writes and messages
 * @param postedData data credits for posted requests, 16 bytes each
 * @param nonPostedHeaders header credits for requests that are answered: reads and translation
 *     requests
 * @param nonPostedData data credits for requests that are answered, 16 bytes each
 * @param completionHeaders header credits for completions; 0 is without limit
 * @param completionData data credits for completions, 16 bytes each; 0 is without limit
 * @param scale Scaled Flow Control: what the field of a data link packet is multiplied by, 1, 4 or
 *     16; pools of more than 127 headers or 2047 data credits need it
 * @source postedHeaders, postedData, nonPostedHeaders, nonPostedData: the simulated port of
 *     cocotbext-pcie
 * @source completionHeaders, completionData: without limit, since who reads has room for the answer
 * @source scale: chosen: Scaled Flow Control off
 */
public record CreditConfig(
        Integer postedHeaders,
        Integer postedData,
        Integer nonPostedHeaders,
        Integer nonPostedData,
        Integer completionHeaders,
        Integer completionData,
        Integer scale) {
    private static final int HEADERS_PER_SCALE = 127;
    private static final int DATA_PER_SCALE = 2047;

    public CreditConfig {
        postedHeaders = postedHeaders == null ? 64 : postedHeaders;
        postedData = postedData == null ? 1024 : postedData;
        nonPostedHeaders = nonPostedHeaders == null ? 64 : nonPostedHeaders;
        nonPostedData = nonPostedData == null ? 64 : nonPostedData;
        completionHeaders = completionHeaders == null ? 0 : completionHeaders;
        completionData = completionData == null ? 0 : completionData;
        scale = scale == null ? 1 : scale;
        Require.oneOf("scale", scale, List.of(1, 4, 16));
        headers("postedHeaders", postedHeaders, 1, scale);
        headers("nonPostedHeaders", nonPostedHeaders, 1, scale);
        headers("completionHeaders", completionHeaders, 0, scale);
        data("postedData", postedData, 1, scale);
        data("nonPostedData", nonPostedData, 1, scale);
        data("completionData", completionData, 0, scale);
    }

    /** All defaults. */
    public CreditConfig() {
        this(null, null, null, null, null, null, null);
    }

    /** Pools for requests; completions without limit. */
    public static CreditConfig requests(int postedHeaders, int postedData, int nonPostedHeaders) {
        return new CreditConfig(
                postedHeaders, postedData, nonPostedHeaders, null, null, null, null);
    }

    /** Header credits of a flow class; 0 is without limit. */
    int headers(int flow) {
        return pick(flow, postedHeaders, nonPostedHeaders, completionHeaders);
    }

    /** Data credits of a flow class; 0 is without limit. */
    int data(int flow) {
        return pick(flow, postedData, nonPostedData, completionData);
    }

    private static int pick(int flow, int posted, int nonPosted, int completion) {
        return flow == FlowQueues.POSTED
                ? posted
                : flow == FlowQueues.COMPLETION ? completion : nonPosted;
    }

    private static void headers(String name, int value, int least, int scale) {
        Require.range(name, value, least, HEADERS_PER_SCALE * scale);
    }

    private static void data(String name, int value, int least, int scale) {
        Require.range(name, value, least, DATA_PER_SCALE * scale);
    }
}
