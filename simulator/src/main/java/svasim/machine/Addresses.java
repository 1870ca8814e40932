package svasim.machine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives requester IDs as firmware does: a bus behind each root port, in the order of names, and one
 * bus of the root complex for integrated endpoints.
 */
final class Addresses {
    /** Bus of the accelerators that are integrated in a Sapphire Rapids socket. */
    private static final int INTEGRATED_BUS = 0x6A;

    private static final int FIRST_PORT_BUS = 1;
    private static final int BUS_SHIFT = 8;
    private static final int DEVICE_SHIFT = 3;

    private final List<String> ports;
    private final Map<String, Integer> used = new HashMap<>();

    Addresses(List<String> ports) {
        this.ports = ports;
    }

    /**
     * @param port null for an integrated endpoint
     */
    int next(String port) {
        int number = used.merge(port == null ? "" : port, 1, Integer::sum);
        if (port == null) {
            return INTEGRATED_BUS << BUS_SHIFT | number << DEVICE_SHIFT;
        }
        return FIRST_PORT_BUS + ports.indexOf(port) << BUS_SHIFT | number - 1;
    }
}
