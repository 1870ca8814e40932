package svasim.pcie.fabric;

import svasim.units.Require;

/**
 * Buffer that the receiver at each end of a link offers to the other, in flow-control credits: one
 * header credit a packet, one data credit for each 16 bytes begun. Defaults are those of a common
 * simulated port (cocotbext-pcie). Completions are never held back: whoever sends a read has room
 * for the answer.
 */
public record CreditConfig(
        Integer postedHeaders,
        Integer postedData,
        Integer nonPostedHeaders,
        Integer nonPostedData) {
    public CreditConfig {
        postedHeaders = postedHeaders == null ? 64 : postedHeaders;
        postedData = postedData == null ? 1024 : postedData;
        nonPostedHeaders = nonPostedHeaders == null ? 64 : nonPostedHeaders;
        nonPostedData = nonPostedData == null ? 64 : nonPostedData;
        Require.positive("postedHeaders", postedHeaders);
        Require.positive("postedData", postedData);
        Require.positive("nonPostedHeaders", nonPostedHeaders);
        Require.positive("nonPostedData", nonPostedData);
    }

    /** All defaults. */
    public CreditConfig() {
        this(null, null, null, null);
    }
}
