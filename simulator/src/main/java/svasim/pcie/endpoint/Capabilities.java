package svasim.pcie.endpoint;

import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.CommandRegister;
import svasim.pcie.config.ConfigurationImage;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ErrorReporting;
import svasim.pcie.config.ExpressCapability;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;
import svasim.pcie.tlp.PasidPrefix;

/** The configuration space of a function and what it permits at present. */
final class Capabilities {
    private static final int VENDOR_INTEL = 0x8086;
    private static final int DEVICE_QAT_4XXX = 0x4940;

    private final ConfigurationSpace space;

    /** Null for a virtual function, whose memory its physical function enables. */
    private final CommandRegister command;

    private final ExpressCapability express;

    // Null if the function does not have the capability.
    private final PasidCapability pasid;
    private final AtsCapability ats;
    private final PriCapability pri;

    private final ErrorReporting errors;

    /** Whether this is a virtual function: PASID and PRI are those of its physical function. */
    private final boolean virtual;

    private final boolean globalInvalidate;

    /** A Translation Request was answered UR: none is sent until ATS is enabled anew. */
    private boolean translationRefused;

    /**
     * @param maxPayload of function and link, in bytes
     */
    Capabilities(EndpointConfig config, int maxPayload, ConfigurationImage image) {
        virtual = false;
        space = new ConfigurationSpace(image);
        command = new CommandRegister(space);
        int maxReadRequest = (int) config.dma().maxReadRequest().bytes();
        express = new ExpressCapability(space, maxPayload, maxReadRequest);
        EndpointConfig.Ats atsConfig = config.ats();
        EndpointConfig.Pasid pasidConfig = config.pasid();
        EndpointConfig.Pri priConfig = config.pri();
        if (atsConfig.lateAnswers().value() > 0) {
            space.identify(VENDOR_INTEL, DEVICE_QAT_4XXX);
        }
        globalInvalidate = atsConfig.globalInvalidate();
        ats =
                atsConfig.present()
                        ? new AtsCapability(
                                space, atsConfig.invalidateQueueDepth(), globalInvalidate)
                        : null;
        pasid =
                pasidConfig.present()
                        ? new PasidCapability(
                                space,
                                pasidConfig.width(),
                                pasidConfig.execute(),
                                pasidConfig.privileged())
                        : null;
        pri =
                priConfig.present()
                        ? new PriCapability(space, priConfig.capacity(), priConfig.responsePasid())
                        : null;
        errors = ErrorReporting.ofFunction(space);
        if (pasid != null) {
            pasid.lockedWhile(this::atsEnabled);
        }
    }

    /**
     * Of a virtual function: its own ATS with the depth and the unit of the physical function, and
     * the PASID and PRI capabilities of the physical function, which are not in its own
     * configuration space (PCI Express Base 5.0, 9.3.7).
     *
     * @param maxPayload of function and link, in bytes
     */
    Capabilities(EndpointConfig config, int maxPayload, Capabilities physical) {
        virtual = true;
        space = new ConfigurationSpace();
        command = null;
        express =
                new ExpressCapability(
                        space, maxPayload, (int) config.dma().maxReadRequest().bytes());
        globalInvalidate = physical.globalInvalidate;
        boolean translates = config.ats().present() && physical.ats != null;
        int depth = translates ? physical.ats.queueDepth() : 0;
        ats = translates ? new AtsCapability(space, depth, globalInvalidate, physical.ats) : null;
        pasid = physical.pasid;
        pri = physical.pri;
        errors = ErrorReporting.ofFunction(space);
        if (pasid != null) {
            pasid.lockedWhile(this::atsEnabled);
        }
    }

    /** Calls the actions after software has changed Enable of ATS, or control of PASID. */
    void onChange(Runnable atsChanged, Runnable pasidChanged) {
        if (ats != null) {
            ats.onChange(
                    () -> {
                        translationRefused = false;
                        atsChanged.run();
                    });
        }
        if (pasid != null) {
            pasid.onChange(pasidChanged);
        }
    }

    /** Function level reset. */
    void reset() {
        express.reset();
        if (command != null) {
            command.reset();
        }
        translationRefused = false;
        if (ats != null) {
            ats.reset();
        }
        if (pasid != null && !virtual) {
            pasid.reset();
        }
        if (pri != null && !virtual) {
            pri.reset();
        }
    }

    /** Whether software has enabled what is behind the function's own BARs. */
    boolean memorySpace() {
        return command == null || command.memorySpace();
    }

    ConfigurationSpace space() {
        return space;
    }

    ErrorReporting errors() {
        return errors;
    }

    ExpressCapability express() {
        return express;
    }

    /** Null without PRI. */
    PriCapability pri() {
        return pri;
    }

    boolean globalInvalidate() {
        return globalInvalidate;
    }

    /** log2 of the smallest translation unit. */
    int translationUnitShift() {
        return ats.translationUnitShift();
    }

    boolean hasAts() {
        return ats != null;
    }

    boolean atsEnabled() {
        return ats != null && ats.enabled();
    }

    /** Whether Translation Requests are sent. */
    boolean translates() {
        return atsEnabled() && !translationRefused;
    }

    void translationRefused() {
        translationRefused = true;
    }

    /** Whether Page Requests are sent. */
    boolean requestsPages() {
        return pri != null && pri.enabled() && !pri.failed();
    }

    /** Whether packets may carry the prefix; null is always permitted. */
    boolean permits(PasidPrefix prefix) {
        return prefix == null || pasid != null && pasid.enabled() && inRange(prefix.pasid());
    }

    /** Whether the function could use the number at all. */
    boolean inRange(int number) {
        return pasid != null && number >>> pasid.width() == 0;
    }

    /** The prefix as it is sent: without flags that are off, and Execute on reads only. */
    PasidPrefix sent(PasidPrefix prefix, boolean write) {
        if (prefix == null || !prefix.privileged() && !prefix.execute()) {
            return prefix;
        }
        boolean privileged = prefix.privileged() && pasid.privilegedEnabled();
        boolean execute = prefix.execute() && pasid.executeEnabled() && !write;
        return new PasidPrefix(prefix.pasid(), privileged, execute);
    }
}
