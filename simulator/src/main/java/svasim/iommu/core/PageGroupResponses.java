package svasim.iommu.core;

import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** Answers to page requests, by software or by the unit itself. */
public final class PageGroupResponses {
    private final DownstreamPort port;
    private final Surroundings around;

    public PageGroupResponses(DownstreamPort port, Surroundings around) {
        this.port = port;
        this.around = around;
    }

    /**
     * Sends the answer to a group.
     *
     * @param code of the wire, see {@link Tlp.PageGroupResponse}
     * @param prefix null without PASID
     */
    public void send(int requesterId, int prgIndex, int code, PasidPrefix prefix) {
        around.trace()
                .tell(
                        Kind.PAGE_REQUEST_ANSWERED,
                        around.lane(),
                        PasidPrefix.number(prefix),
                        prgIndex,
                        code);
        port.send(new Tlp.PageGroupResponse(port.agentId(), requesterId, prgIndex, code, prefix));
    }
}
