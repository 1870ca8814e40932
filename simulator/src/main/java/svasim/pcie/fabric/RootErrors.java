package svasim.pcie.fabric;

import java.util.function.LongConsumer;
import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.RootErrorCapability;
import svasim.trace.Kind;

/** Where the error messages of everything below a root port end: registers and an interrupt. */
final class RootErrors implements ErrorReporter.Root {
    private final RootErrorCapability registers;
    private final LongConsumer interrupt;
    private final int lane;
    private final Host host;

    /**
     * @param interrupt of the port
     */
    RootErrors(RootErrorCapability registers, LongConsumer interrupt, int lane, Host host) {
        this.registers = registers;
        this.interrupt = interrupt;
        this.lane = lane;
        this.host = host;
    }

    @Override
    public void report(ErrorSeverity severity, int requesterId, long nowPs) {
        host.trace().tell(Kind.ERROR_REPORTED, lane, severity.ordinal(), requesterId, 0);
        if (registers.received(severity, requesterId)) {
            interrupt.accept(nowPs);
        }
    }
}
