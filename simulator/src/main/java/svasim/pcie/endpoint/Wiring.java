package svasim.pcie.endpoint;

import svasim.kernel.Kernel;
import svasim.pcie.fabric.ErrorReporter;
import svasim.pcie.fabric.Host;
import svasim.pcie.tlp.Attributes;
import svasim.trace.Trace;

/**
 * What the parts of one function share.
 *
 * @param lane of the function in the trace
 */
record Wiring(
        String name,
        int requesterId,
        int lane,
        EndpointConfig config,
        Capabilities capabilities,
        Uplink uplink,
        ErrorReporter errors,
        Host host) {
    Kernel kernel() {
        return host.kernel();
    }

    Trace trace() {
        return host.trace();
    }

    /** Header fields of a request of a stream: of its traffic class, strongly ordered. */
    Attributes trafficClass(int stream) {
        int number = Math.floorMod(stream, config.dma().trafficClasses());
        return number == 0 ? Attributes.DEFAULT : new Attributes(number, false, false, false);
    }
}
