package svasim.pcie.fabric;

import svasim.pcie.config.AcsCapability;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;

/**
 * What access control services make of a packet from below (PCI Express Base 5.0, 6.12): a
 * violation, a way up, or a way to a peer. A PASID plays no part in it: an untranslated address
 * that falls into the BAR of a peer goes to the peer, unless requests are redirected.
 */
final class PeerRouting {
    private PeerRouting() {}

    /** Whether the port does not let the packet in at all. */
    static boolean violates(SwitchPort port, Tlp tlp) {
        AcsCapability acs = port.acs();
        boolean foreign =
                acs.has(AcsCapability.SOURCE_VALIDATION)
                        && tlp.flowClass() != FlowClass.COMPLETION
                        && !port.covers(tlp.senderId());
        boolean notUntranslated =
                tlp instanceof Tlp.TranslationRequest
                        || tlp instanceof Tlp.MemoryRequest request
                                && request.addressType() != AddressType.UNTRANSLATED;
        return foreign || notUntranslated && acs.has(AcsCapability.TRANSLATION_BLOCKING);
    }

    /** Whether the packet goes up even if a peer would take it. */
    static boolean redirects(SwitchPort port, Tlp tlp) {
        AcsCapability acs = port.acs();
        if (tlp.flowClass() == FlowClass.COMPLETION) {
            return acs.has(AcsCapability.COMPLETION_REDIRECT)
                    && !tlp.attributes().relaxedOrdering();
        }
        boolean translated =
                tlp instanceof Tlp.MemoryRequest request
                        && request.addressType() == AddressType.TRANSLATED;
        boolean direct = translated && acs.has(AcsCapability.DIRECT_TRANSLATED);
        return acs.has(AcsCapability.REQUEST_REDIRECT) && !direct;
    }
}
