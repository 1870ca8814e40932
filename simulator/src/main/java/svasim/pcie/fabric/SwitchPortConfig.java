package svasim.pcie.fabric;

import svasim.pcie.link.LinkConfig;

/**
 * A downstream port of a switch; absent keys take these defaults.
 *
 * @param prefixes End-End TLP Prefix Supported: without it, every packet with a PASID is malformed
 *     here
 * @param prefixBlocking End-End TLP Prefix Blocking: no packet with a PASID leaves here
 * @param ari ARI Forwarding Enable: functions behind the port may have numbers above 7
 * @param acs whether source validation, redirect of requests and completions and upstream
 *     forwarding are on; without them, devices of the switch reach each other past the IOMMU
 * @param accessControl single services, over what {@code acs} says
 * @param link the link below the port
 * @source prefixes, prefixBlocking, ari, acs: chosen: a port that lets everything work
 * @source accessControl: what acs says
 * @source link: see there
 */
public record SwitchPortConfig(
        Boolean prefixes,
        Boolean prefixBlocking,
        Boolean ari,
        Boolean acs,
        AccessControlConfig accessControl,
        LinkConfig link) {
    public SwitchPortConfig {
        prefixes = prefixes == null || prefixes;
        prefixBlocking = prefixBlocking != null && prefixBlocking;
        ari = ari == null || ari;
        acs = acs == null || acs;
        accessControl = accessControl == null ? new AccessControlConfig() : accessControl;
        link = link == null ? new LinkConfig() : link;
    }

    /** All defaults. */
    public SwitchPortConfig() {
        this(null, null, null, null, null, null);
    }

    /** Control register of the port's access control services. */
    int accessControlRegister() {
        return accessControl.register(acs);
    }
}
