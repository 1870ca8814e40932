package svasim.device;

import svasim.kernel.Kernel;
import svasim.pcie.endpoint.Function;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * What the hardware of a device gets from the machine, and all that it may use of it.
 *
 * @param name of the device in the scenario; prefix of its statistics and name of its lane
 * @param function with BARs as the provider's {@link FunctionProfile} says; the model becomes their
 *     handler
 * @param physical the device of whose function this is a virtual one, else null
 */
public record DeviceHost(
        String name,
        Function function,
        Kernel kernel,
        Trace trace,
        Statistics statistics,
        DeviceModel physical) {}
