package svasim.pcie.fabric;

import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.RootErrorCapability;
import svasim.trace.Kind;

/** Where the error messages of everything below a root port end: registers and an interrupt. */
final class RootErrors implements ErrorReporter.Root {
    /** Message-signalled interrupts have addresses; a wire has address 0 and a number. */
    private static final long WIRE = 0;

    private final RootErrorCapability registers;
    private final int wire;
    private final int lane;
    private final Host host;

    /**
     * @param wire number of the interrupt wire of the port
     */
    RootErrors(RootErrorCapability registers, int wire, int lane, Host host) {
        this.registers = registers;
        this.wire = wire;
        this.lane = lane;
        this.host = host;
    }

    @Override
    public void report(ErrorSeverity severity, int requesterId, long nowPs) {
        host.trace().tell(Kind.ERROR_REPORTED, lane, severity.ordinal(), requesterId, 0);
        if (registers.received(severity, requesterId)) {
            host.interrupts().message(WIRE, wire, nowPs);
        }
    }
}
