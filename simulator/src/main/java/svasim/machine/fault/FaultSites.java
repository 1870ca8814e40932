package svasim.machine.fault;

import svasim.pcie.endpoint.Function;
import svasim.pcie.fabric.Port;

/** Where faults happen, by the names that scenarios give. */
public interface FaultSites {
    /** Null if no device has the name. */
    Function function(String name);

    /** The port of this name, or the one above the device of this name; null if there is none. */
    Port port(String name);
}
