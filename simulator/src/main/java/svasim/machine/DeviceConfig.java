package svasim.machine;

import svasim.pcie.endpoint.EndpointConfig;
import svasim.pcie.endpoint.VirtualFunctionsConfig;

/**
 * One device function.
 *
 * @param model name of a device model
 * @param port port that it sits behind, {@code switch.port} for one of a switch; absent for an
 *     endpoint that is integrated in the root complex, and for a virtual function; functions at one
 *     port are those of one device
 * @param virtualFunctions how many virtual functions it can have, and their routing IDs; absent for
 *     a function without SR-IOV
 * @param physicalFunction device that this is a virtual function of: the first, the second, ... in
 *     the order of names; absent for a function of its own
 * @param endpoint its PCI Express capabilities and DMA engine; absent for those of the model
 * @param config what only the model knows; absent for its defaults
 */
public record DeviceConfig(
        String model,
        String port,
        VirtualFunctionsConfig virtualFunctions,
        String physicalFunction,
        EndpointConfig endpoint,
        Record config) {
    /** A function without SR-IOV. */
    public DeviceConfig(String model, String port, EndpointConfig endpoint, Record config) {
        this(model, port, null, null, endpoint, config);
    }
}
