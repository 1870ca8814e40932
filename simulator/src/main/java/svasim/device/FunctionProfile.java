package svasim.device;

import java.util.Map;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.units.ByteSize;

/**
 * The PCIe function that a model sits on.
 *
 * @param bars size of each base address register that the function has, by its number
 * @param endpoint capabilities and limits where the scenario says nothing else
 */
public record FunctionProfile(Map<Integer, ByteSize> bars, EndpointConfig endpoint) {
    public FunctionProfile {
        bars = Map.copyOf(bars);
    }
}
