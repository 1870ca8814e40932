package svasim.device;

import svasim.kernel.Kernel;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * What the hardware of a device gets from the machine, and all that it may use of it.
 *
 * @param name of the device in the scenario; prefix of its statistics and name of its lane
 */
public record DeviceHost(String name, Kernel kernel, Trace trace, Statistics statistics) {}
