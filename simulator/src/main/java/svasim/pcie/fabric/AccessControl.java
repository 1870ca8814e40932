package svasim.pcie.fabric;

import svasim.pcie.config.AcsCapability;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;

/**
 * What the access control services of a port make of a packet from below (PCI Express Base 5.0,
 * 6.12): a violation, a way up, or a way to a peer. A PASID plays no part in it: an untranslated
 * address that falls into the BAR of a peer goes to the peer, unless requests are redirected.
 */
final class AccessControl {
    /** Where a packet for a peer goes. */
    enum Way {
        /** Straight to the peer. */
        PEER,
        /** Up to the root complex, which asks the IOMMU. */
        UP,
        /** Nowhere: an ACS violation. */
        NOWHERE
    }

    private final AcsCapability services;
    private final BridgeHeader header;

    AccessControl(AcsCapability services, BridgeHeader header) {
        this.services = services;
        this.header = header;
    }

    /** Whether nothing gets past the IOMMU here. */
    boolean isolates() {
        return services.isolates();
    }

    /** Whether the port does not let the packet in at all. */
    boolean violates(Tlp tlp) {
        boolean foreign =
                services.has(AcsCapability.SOURCE_VALIDATION)
                        && tlp.flowClass() != FlowClass.COMPLETION
                        && !header.covers(tlp.senderId() >>> Byte.SIZE);
        return foreign || services.has(AcsCapability.TRANSLATION_BLOCKING) && !isUntranslated(tlp);
    }

    private static boolean isUntranslated(Tlp tlp) {
        boolean translated =
                tlp instanceof Tlp.TranslationRequest
                        || tlp instanceof Tlp.MemoryRequest request
                                && request.addressType() != AddressType.UNTRANSLATED;
        return !translated;
    }

    /**
     * The way of a packet that a peer would take.
     *
     * @param peer number of the peer in the egress control vector
     */
    Way way(Tlp tlp, int peer) {
        if (tlp.flowClass() == FlowClass.COMPLETION) {
            boolean redirected =
                    services.has(AcsCapability.COMPLETION_REDIRECT)
                            && !tlp.attributes().relaxedOrdering();
            return redirected ? Way.UP : Way.PEER;
        }
        boolean translated =
                tlp instanceof Tlp.MemoryRequest request
                        && request.addressType() == AddressType.TRANSLATED;
        if (translated && services.has(AcsCapability.DIRECT_TRANSLATED)) {
            return Way.PEER;
        }
        boolean redirects = services.has(AcsCapability.REQUEST_REDIRECT);
        if (!services.has(AcsCapability.EGRESS_CONTROL)) {
            return redirects ? Way.UP : Way.PEER;
        }
        if (!services.controls(peer)) {
            return Way.PEER;
        }
        return redirects ? Way.UP : Way.NOWHERE;
    }

    /** Whether what is for the side that it came from goes up; otherwise nobody takes it. */
    boolean forwardsBack() {
        return services.has(AcsCapability.UPSTREAM_FORWARDING);
    }
}
