package svasim.pcie.endpoint;

import svasim.units.Require;

/**
 * Virtual functions that a physical function can have (SR-IOV); absent keys take these defaults.
 *
 * @param total how many there can be; all that the scenario names are enabled
 * @param firstOffset from the routing ID of the physical function to that of the first virtual one
 * @param stride from the routing ID of each virtual function to the next
 * @source total, firstOffset, stride: chosen
 */
public record VirtualFunctionsConfig(Integer total, Integer firstOffset, Integer stride) {
    private static final int LAST_ID = 0xFFFF;

    public VirtualFunctionsConfig {
        total = total == null ? 64 : total;
        firstOffset = firstOffset == null ? 1 : firstOffset;
        stride = stride == null ? 1 : stride;
        Require.range("total", total, 1, LAST_ID);
        Require.range("firstOffset", firstOffset, 1, LAST_ID);
        Require.range("stride", stride, 1, LAST_ID);
    }

    /** All defaults. */
    public VirtualFunctionsConfig() {
        this(null, null, null);
    }

    /**
     * Distance of a virtual function's routing ID from that of the physical function.
     *
     * @param number 1 for the first
     */
    public int distance(int number) {
        return firstOffset + (number - 1) * stride;
    }
}
