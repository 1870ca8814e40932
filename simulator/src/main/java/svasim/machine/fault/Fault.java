package svasim.machine.fault;

import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ExpressCapability;
import svasim.pcie.endpoint.Function;
import svasim.pcie.fabric.Port;
import svasim.pcie.link.LinkPort;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** One fault at its place. */
final class Fault {
    private final FaultConfig config;
    private final FaultSites sites;
    private final Victims victims;
    private final Trace trace;

    Fault(FaultConfig config, FaultSites sites, Victims victims, Trace trace) {
        this.config = config;
        this.sites = sites;
        this.victims = victims;
        this.trace = trace;
    }

    FaultConfig config() {
        return config;
    }

    /** Whether there is anything that it could happen to. */
    boolean isPossible() {
        return !config.what().needsProcess() || victims.lives(config.where());
    }

    /** Lane of where it happens. */
    int lane() {
        return trace.lane(config.where());
    }

    /** Its moment has come. */
    void begin(long nowPs) {
        if (!isPossible()) {
            return;
        }
        if (config.what().effect() != null) {
            Function only = sites.function(config.where());
            port().tamper(config.way() == Way.UP, new PacketStrike(config, only, this::tell));
            return;
        }
        tell();
        switch (config.what()) {
            case BIT_ERRORS -> corrupt();
            case SURPRISE_REMOVAL -> port().surpriseDown(nowPs);
            case HOT_RESET -> port().hotReset(nowPs);
            case FUNCTION_LEVEL_RESET -> resetFunction();
            case KILL -> victims.kill(config.where());
            case MOVE_MEMORY -> victims.moveMemory(config.where());
            case NO_INVALIDATION_COMPLETION -> function().completesInvalidations(false);
            default -> throw new IllegalStateException("no fault of a packet: " + config);
        }
    }

    /** Its time is over. */
    void end() {
        if (config.what() == FaultKind.BIT_ERRORS) {
            sender().usualErrors();
        } else {
            function().completesInvalidations(true);
        }
    }

    private void corrupt() {
        if (config.rate() != null) {
            sender().errorRate(config.rate());
            return;
        }
        for (int i = 0; i < config.count(); i++) {
            sender().corruptNext();
        }
    }

    private LinkPort sender() {
        return config.way() == Way.UP ? port().link().lower() : port().link().upper();
    }

    private void resetFunction() {
        ConfigurationSpace space = function().configuration();
        int control = space.read(ExpressCapability.DEVICE_CONTROL, Short.BYTES);
        int reset = control | ExpressCapability.INITIATE_RESET;
        space.write(ExpressCapability.DEVICE_CONTROL, Short.BYTES, reset);
    }

    private Function function() {
        return sites.function(config.where());
    }

    private Port port() {
        return sites.port(config.where());
    }

    private void tell() {
        trace.tell(Kind.FAULT_INJECTED, lane(), 0, 0, 0, config.toString());
    }
}
