package svasim.pcie.fabric;

import svasim.pcie.config.AcsCapability;
import svasim.pcie.link.LinkConfig;

/**
 * A downstream port of a switch; absent keys take these defaults.
 *
 * @param prefixes End-End TLP Prefix Supported: without it, every packet with a PASID is malformed
 *     here
 * @param prefixBlocking End-End TLP Prefix Blocking: no packet with a PASID leaves here
 * @param acs whether source validation, redirect of requests and completions and upstream
 *     forwarding are on; without them, devices of the switch reach each other past the IOMMU
 * @param translationBlocking ACS translation blocking: no Translation Request and no translated
 *     request comes in here
 * @param directTranslated ACS direct translated P2P: translated requests go straight to the peer
 * @param link the link below the port
 */
public record SwitchPortConfig(
        Boolean prefixes,
        Boolean prefixBlocking,
        Boolean acs,
        Boolean translationBlocking,
        Boolean directTranslated,
        LinkConfig link) {
    public SwitchPortConfig {
        prefixes = prefixes == null || prefixes;
        prefixBlocking = prefixBlocking != null && prefixBlocking;
        acs = acs == null || acs;
        translationBlocking = translationBlocking != null && translationBlocking;
        directTranslated = directTranslated != null && directTranslated;
        link = link == null ? new LinkConfig() : link;
    }

    /** All defaults. */
    public SwitchPortConfig() {
        this(null, null, null, null, null, null);
    }

    /** Control register of the port's access control services. */
    int accessControl() {
        return (acs ? AcsCapability.ISOLATION : 0)
                | (translationBlocking ? AcsCapability.TRANSLATION_BLOCKING : 0)
                | (directTranslated ? AcsCapability.DIRECT_TRANSLATED : 0);
    }
}
