package svasim.iommu.core;

import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * How a unit without ATS and PRI takes their messages: Translation Requests are completed with
 * Unsupported Request, messages are dropped.
 */
public final class MissingServices {
    private final DownstreamPort port;

    public MissingServices(DownstreamPort port) {
        this.port = port;
    }

    /** As {@link svasim.pcie.fabric.TranslationAgent#receive}. */
    public void receive(Tlp tlp) {
        if (tlp instanceof Tlp.TranslationRequest request) {
            port.send(
                    new Tlp.Completion(
                            port.agentId(),
                            request.requesterId(),
                            request.tag(),
                            CompletionStatus.UNSUPPORTED_REQUEST,
                            Integer.BYTES,
                            0,
                            new byte[0],
                            request.attributes()));
        }
    }
}
