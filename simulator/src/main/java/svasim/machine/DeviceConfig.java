package svasim.machine;

import svasim.pcie.endpoint.EndpointConfig;

/**
 * One device function.
 *
 * @param model name of a device model
 * @param port port that it sits behind, {@code switch.port} for one of a switch; absent for an
 *     endpoint that is integrated in the root complex
 * @param endpoint its PCI Express capabilities and DMA engine; absent for those of the model
 * @param config what only the model knows; absent for its defaults
 */
public record DeviceConfig(String model, String port, EndpointConfig endpoint, Record config) {}
