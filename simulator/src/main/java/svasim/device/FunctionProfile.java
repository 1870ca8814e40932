package svasim.device;

import java.util.Map;
import svasim.pcie.config.ConfigurationImage;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.units.ByteSize;

/**
 * The PCIe function that a model sits on.
 *
 * @param bars size of each base address register that the function has, by its number
 * @param endpoint capabilities and limits where the scenario says nothing else
 * @param image configuration space of the device that it is a model of
 */
public record FunctionProfile(
        Map<Integer, ByteSize> bars, EndpointConfig endpoint, ConfigurationImage image) {
    public FunctionProfile {
        bars = Map.copyOf(bars);
    }

    /** Of a device that is none in particular. */
    public FunctionProfile(Map<Integer, ByteSize> bars, EndpointConfig endpoint) {
        this(bars, endpoint, ConfigurationImage.NONE);
    }
}
