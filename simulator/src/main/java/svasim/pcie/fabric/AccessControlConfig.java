package svasim.pcie.fabric;

import java.util.List;
import java.util.Set;
import svasim.pcie.config.AcsCapability;
import svasim.units.Require;

/**
 * Single access control services of a port (PCI Express Base 5.0, 6.12); absent keys of the first
 * four take what {@code acs} says, the others are off.
 *
 * @param sourceValidation a requester that does not live behind the port is a violation
 * @param requestRedirect requests to peers go up to the root complex
 * @param completionRedirect completions to peers go up too, unless they are relaxed
 * @param upstreamForwarding what comes from below and is for below goes up too
 * @param translationBlocking a Translation Request or a translated request is a violation
 * @param directTranslated translated requests go straight to the peer, whatever is redirected
 * @param egressControl peers by name to which requests must not go straight: they are redirected
 *     with {@code requestRedirect}, a violation without; requests to other peers go straight
 * @source sourceValidation, requestRedirect, completionRedirect, upstreamForwarding: what acs says;
 *     Linux switches these four on (drivers/pci/pci.c, pci_std_enable_acs)
 * @source translationBlocking, directTranslated, egressControl: chosen: off
 */
public record AccessControlConfig(
        Boolean sourceValidation,
        Boolean requestRedirect,
        Boolean completionRedirect,
        Boolean upstreamForwarding,
        Boolean translationBlocking,
        Boolean directTranslated,
        List<String> egressControl) {
    public AccessControlConfig {
        translationBlocking = translationBlocking != null && translationBlocking;
        directTranslated = directTranslated != null && directTranslated;
        egressControl = egressControl == null ? null : List.copyOf(egressControl);
    }

    /** Nothing but what {@code acs} says. */
    public AccessControlConfig() {
        this(null, null, null, null, null, null, null);
    }

    /**
     * Refuses names of peers that there are not.
     *
     * @param peers at most 32, the size of the egress control vector
     */
    public void requirePeers(Set<String> peers) {
        if (egressControl != null) {
            egressControl.forEach(peer -> Require.oneOf("egressControl", peer, peers));
            Require.range("ports under egressControl", peers.size(), 1, AcsCapability.PEERS);
        }
    }

    /** What firmware writes into the control register. */
    int register(boolean isolates) {
        return bit(sourceValidation, isolates, AcsCapability.SOURCE_VALIDATION)
                | bit(requestRedirect, isolates, AcsCapability.REQUEST_REDIRECT)
                | bit(completionRedirect, isolates, AcsCapability.COMPLETION_REDIRECT)
                | bit(upstreamForwarding, isolates, AcsCapability.UPSTREAM_FORWARDING)
                | bit(translationBlocking, false, AcsCapability.TRANSLATION_BLOCKING)
                | bit(directTranslated, false, AcsCapability.DIRECT_TRANSLATED)
                | bit(egressControl != null, false, AcsCapability.EGRESS_CONTROL);
    }

    private static int bit(Boolean wanted, boolean otherwise, int bit) {
        return (wanted == null ? otherwise : wanted) ? bit : 0;
    }
}
